"""What a page's title says: the way to it."""

from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlencode

from django.urls import reverse

from threads.models import TalkPage


@dataclass(frozen=True, slots=True)
class TitlePart:
    """A part of a title that is a path."""

    text: str  # "2018-20"
    url: str  # of what is below it in the wiki's tree


def path_of(page: TalkPage) -> list[TitlePart]:
    """The parts of a page's title, the last one being the page itself."""
    tree = reverse("wiki", args=[page.wiki.dbname])
    return [
        TitlePart(part, f"{tree}?{urlencode({'under': title})}")
        for part, title in parts_of(page.title)
    ]


def parts_of(title: str) -> list[tuple[str, str]]:
    """Each part of a title that is a path, with the title up to it."""
    parts = title.split("/") if title else []
    return list(zip(parts, accumulate(parts, lambda way, part: f"{way}/{part}"), strict=True))
