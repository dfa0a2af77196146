"""What is found, one thing at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is as it should be, or that is not and what helps.

    `about` is a word that programs know it by.
    """

    about: str
    message: str
    remedy: str = ""
    failed: bool = False


def ok(about: str, message: str) -> Finding:
    return Finding(about, message)


def failed(about: str, message: str, remedy: str) -> Finding:
    return Finding(about, message, remedy, failed=True)
