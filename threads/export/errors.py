"""Why something cannot be exported or loaded."""


class ExportError(Exception):
    """What is asked for is not in the archive; says what, and what helps."""


class UnusableExport(Exception):
    """A file that cannot be loaded; says where it is wrong."""
