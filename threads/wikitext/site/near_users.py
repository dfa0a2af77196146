"""Links that name a user to a reader, and not to MediaWiki or DiscussionTools.

A signature may link to a page below the user's own, to another wiki by its own words, or have
the namespace misspelt: [[User:Ana/Sign]], [[:w:de:Benutzer:Ana]], [[Uesr:Ana]].
"""

from difflib import get_close_matches
from functools import cache

from .languages import Profile
from .links import normalise_user
from .tables import table

_LIKENESS = 0.75  # of a namespace with one or two wrong letters


def user_nearly_named(title: str, profile: Profile) -> str | None:
    """Whom the target of a link names, as one in a signature is meant; None for nobody."""
    parts = title.replace("_", " ").lstrip(" :").split(":")
    for number, part in enumerate(parts[:-1], 1):
        if _is_namespace(part.strip().lower(), profile, is_last=number == len(parts) - 1):
            return normalise_user(":".join(parts[number:]).partition("/")[0])
    return None


def _is_namespace(name: str, profile: Profile, *, is_last: bool) -> bool:
    if name in _namespaces():
        return True
    own = profile.user | profile.user_talk
    return is_last and name not in profile.namespaces and bool(_like(name, own))


def _like(name: str, names: frozenset[str]) -> list[str]:
    return get_close_matches(name, names, 1, _LIKENESS)


@cache
def _namespaces() -> frozenset[str]:
    """What users' pages and their talk pages are called, in every language."""
    rows = (*table("languages").values(), *table("wikis").values())
    return frozenset(
        name.lower().replace("_", " ")
        for row in rows
        for field in ("user", "user_talk")
        for name in row.get(field, ())
    )
