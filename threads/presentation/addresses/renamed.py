"""What an address asks a page for by names that were changed here: old links go on saying what
they said. Of hidden names, nothing is told: see `threads.privacy.rules.asked`."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict

from threads.models import Comment, Section, TalkPage
from threads.privacy.rules.asked import names_of_today

NAMES = ("author", "person")
IDENTS = ("at", "start", "topic", "until")


def query_now(given: QueryDict, page: TalkPage, items: Iterable[Section | Comment]) -> QueryDict:
    """The same query, by the names of today; `given` itself where nothing else is asked for.

    In: a page, as `find_page` gives it, and what is on it. One query, or none where all that is
    asked for is there, or nothing was renamed on its wiki.
    """
    is_renamed = page.has_renamings  # type: ignore[attr-defined]
    asked = [name for name in (*NAMES, *IDENTS) if is_renamed and given.get(name)]
    there = {each for item in items if asked for each in _called(item)}
    asked = [name for name in asked if given.get(name, "").replace("_", " ") not in there]
    if not asked:
        return given
    today, now = names_of_today(page.wiki.dbname), given.copy()
    for key in asked:
        told = given.get(key, "")
        if key in IDENTS:
            now[key] = today.of_ident(told)
        elif called := today.of_person(told.replace("_", " ")):
            now[key] = called[0]
    return given if now == given else now


def _called(item: Section | Comment) -> Iterator[str]:
    """What an item can be asked for by, with blanks for underscores."""
    yield item.ident.replace("_", " ")
    yield item.name.replace("_", " ")
    if isinstance(item, Comment):
        yield item.author.name
