"""What is found, one thing at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is as it should be, or that is not and what helps.

    `about` is a word that programs know it by.
    """

    about: str
    said: str
    remedy: str = ""
    amiss: bool = False


def well(about: str, said: str) -> Finding:
    return Finding(about, said)


def amiss(about: str, said: str, remedy: str) -> Finding:
    return Finding(about, said, remedy, amiss=True)
