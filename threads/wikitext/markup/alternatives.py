"""Regular expressions for any of many texts."""

import re
from collections.abc import Iterable, Mapping

_NOTHING: Mapping[str, str] = {}
Branches = dict[str, "Branches"]


def any_of(texts: Iterable[str], written: Mapping[str, str] = _NOTHING) -> str:
    """A group for any of these texts, the longest first; it matches nothing where there is none.

    In: `written`, how characters are written that do not stand for themselves. Texts that begin
    alike share a branch, so that a place where none of them stands is left after few steps.
    """
    root: Branches = {}
    for text in sorted(texts, key=len, reverse=True):
        branches = root
        for character in text:
            branches = branches.setdefault(character, {})
        branches[""] = {}
    return _group(root, written) if root else "(?!)"


def _group(branches: Branches, written: Mapping[str, str]) -> str:
    """A regular expression for what goes on with one of these characters, "" for no more."""
    longer = [
        written.get(character, re.escape(character)) + _group(further, written)
        for character, further in branches.items()
        if character
    ]
    if not longer:
        return ""
    if len(longer) == 1 and "" not in branches:
        return longer[0]
    return f"(?:{'|'.join(longer)})" + ("?" if "" in branches else "")
