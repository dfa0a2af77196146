"""What a page's title says: the way to it, and the page that it discusses."""

from dataclasses import dataclass
from itertools import accumulate

from threads.models import TalkPage


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a title that is a path."""

    text: str  # "2018-20"
    url: str  # of the archived page that ends here, or ""


def path_of(page: TalkPage) -> list[Step]:
    """The parts of a page's title, the last one being the page itself. One query."""
    parts = page.title.split("/")
    titles = list(accumulate(parts, lambda way, part: f"{way}/{part}"))
    pages = TalkPage.objects.filter(wiki=page.wiki_id, title__in=titles[:-1])
    archived = set(pages.values_list("title", flat=True))
    return [
        Step(part, TalkPage(wiki=page.wiki, title=title).get_absolute_url())
        if title in archived
        else Step(part, "")
        for part, title in zip(parts, titles, strict=True)
    ]


def discussed_title(title: str) -> str:
    """The title of the page that a talk page discusses, or "" where its name does not tell.

    In: a full title with MediaWiki's canonical namespace, which every wiki understands:
    "Talk:Strategy" gives "Strategy", "User talk:Ada" gives "User:Ada".
    """
    namespace, colon, rest = title.partition(":")
    lower = namespace.strip().lower()
    if not colon or not rest:
        return ""
    if lower == "talk":
        return rest.strip()
    if lower.endswith(" talk"):
        return f"{namespace.strip()[: -len(' talk')]}:{rest.strip()}"
    return ""
