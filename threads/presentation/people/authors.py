"""Authors of all wikis by name, as somebody asks for a person."""

from collections.abc import Iterable

from threads.models import Author, Wiki
from threads.privacy.rules.asked import names_of_today


def authors_named(names: Iterable[str]) -> list[Author]:
    """All who have one of these names, on whatever wiki. One query, or none for no name."""
    wanted = set(names)
    # By wiki: the index of names begins with it.
    found = Author.objects.filter(wiki__in=Wiki.objects.all(), name__in=wanted)
    return list(found.select_related("wiki").order_by("wiki__dbname")) if wanted else []


def person_now(name: str) -> str:
    """What a person is called now whom no wiki of the archive has by that name any more; "" where
    nobody was renamed so. Two queries at most."""
    authors = authors_named(names_of_today().of_person(name))
    return authors[0].name if authors else ""
