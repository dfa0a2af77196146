"""What a page's title says: the way to it, and what it is called."""

import re
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlencode

from django.urls import reverse

from threads.models import TalkPage

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_BEHIND_COLON = re.compile(r"(?<=:)(?=\S)")
# What archives are called without a number, in the languages of the user interface.
_ARCHIVES = frozenset(
    ["archive", "archives", "archiv", "archivo", "archivos", "أرشيف", "存档", "存檔"]
)


@dataclass(frozen=True, slots=True)
class TitlePart:
    """A part of a title that is a path."""

    text: str  # "2018-20"
    url: str  # of what is below it in the wiki's tree

    @property
    def pieces(self) -> list[str]:
        """ "Talk:" and "Strategy": between them, a line may end."""
        return _BEHIND_COLON.split(self.text)


@dataclass(frozen=True, slots=True)
class TitlePath:
    """A title that is a path."""

    way: list[TitlePart]  # to what the page is called
    name: list[TitlePart]  # that; more than one part where the last says too little


def path_of(page: TalkPage) -> TitlePath:
    """The parts of a page's title."""
    tree = reverse("wiki", args=[page.wiki.dbname])
    parts = [
        TitlePart(part, f"{tree}?{urlencode({'under': title})}")
        for part, title in parts_of(page.title)
    ]
    begin = _begin_of_name([part.text for part in parts])
    return TitlePath(parts[:begin], parts[begin:])


def parts_of(title: str) -> list[tuple[str, str]]:
    """Each part of a title that is a path, with the title up to it."""
    parts = title.split("/") if title else []
    return list(zip(parts, accumulate(parts, lambda way, part: f"{way}/{part}"), strict=True))


def way_and_name(title: str) -> tuple[str, str]:
    """ "Talk:Strategy/Costs/Archive 2" as "Talk:Strategy/" and "Costs/Archive 2"."""
    parts = title.split("/")
    begin = _begin_of_name(parts)
    return "".join(f"{part}/" for part in parts[:begin]), "/".join(parts[begin:])


def _begin_of_name(parts: list[str]) -> int:
    """The index of the part with which begins what a page is called: the last one that is more
    than a number, a date or "Archive"."""
    begin = max(0, len(parts) - 1)
    while begin and _says_little(parts[begin]):
        begin -= 1
    return begin


def _says_little(part: str) -> bool:
    words = _WORD.findall(part)
    return part.casefold() in _ARCHIVES or (len(words) <= 1 and bool(_DIGIT.search(part)))
