"""What is said of input that cannot be taken."""


class BadInput(ValueError):
    """Input that cannot be imported. Its message names the thing, the place and the remedy."""

    def __init__(self, field: str, message: str) -> None:
        """`field` is what is wrong: "text", "title", "dbname", "language", "number" …"""
        super().__init__(message)
        self.field = field


class SourceBroke(RuntimeError):
    """A source that gives no more: its message names the thing, the place and the remedy.

    What it gave before is whole, and stays imported.
    """
