"""What a page's title says: the way to it, and the page that it discusses."""

from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlencode

from django.urls import reverse

from threads.models import TalkPage


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a title that is a path."""

    text: str  # "2018-20"
    url: str  # of what is below it in the wiki's tree


def path_of(page: TalkPage) -> list[Step]:
    """The parts of a page's title, the last one being the page itself."""
    tree = reverse("wiki", args=[page.wiki.dbname])
    return [
        Step(part, f"{tree}?{urlencode({'under': title})}") for part, title in parts_of(page.title)
    ]


def parts_of(title: str) -> list[tuple[str, str]]:
    """Each part of a title that is a path, with the title up to it."""
    parts = title.split("/") if title else []
    return list(zip(parts, accumulate(parts, lambda way, part: f"{way}/{part}"), strict=True))


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
