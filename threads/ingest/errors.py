"""What is said of input that cannot be taken, and of imports that cannot go on.

Every message names the thing, the place and the remedy, in words for an admin.
"""


class BadInput(ValueError):
    """Input that cannot be imported."""

    def __init__(self, field: str, message: str) -> None:
        """`field` is what is wrong: "text", "title", "dbname", "language", "number" …"""
        super().__init__(message)
        self.field = field


class StoppedByHand(KeyboardInterrupt):
    """Somebody stopped an import; `run` is its primary key, None for a preview."""

    def __init__(self, run: int | None) -> None:
        super().__init__()
        self.run = run


class ImportStopped(RuntimeError):
    """An import as a whole cannot go on; what it has done so far stays done."""


class SourceBroke(ImportStopped):
    """A source gives no more before its end: a truncated file, a wiki that answers no longer."""


class DatabaseBroke(ImportStopped):
    """The archive's own database cannot be written: it is full, or cannot be reached."""


class RunTaken(ImportStopped):
    """Another process works on this run."""
