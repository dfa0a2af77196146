"""Files in the text: what the options of [[File:Lamp.png|thumb|alt=A lamp|A caption]] say.

Rule: MediaWiki's Parser::makeImage. Of what is no option, the last is the caption; a thumb
or a frame shows it, any other picture has it for those who cannot see the picture.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from threads.wikitext.site.languages import Profile

_PARTS = re.compile(r"\[\[|\]\]|\{\{|\}\}|\|")
_MARKUP = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]|'''?")
THUMB_WIDTH = 220  # pixels; as Wikimedia's wikis had it
MOST_PIXELS = 1024


@dataclass(slots=True)
class Options:
    """What one file's link says."""

    framed: bool = False  # it is a thumb or has a frame: its caption is shown
    placed: bool = False  # it has a side, the middle, or a line to itself
    alt: str | None = None  # the text for those who cannot see it, where given
    link: str | None = None  # where it leads, where that is not the file's own page
    width: int = 0  # in pixels; 0 where it is not given
    caption: tuple[int, int] | None = None  # where it stands in the page


class Files:
    """Reads the options of files in one wiki's language."""

    def __init__(self, profile: Profile) -> None:
        words = profile.words
        self._patterns = _patterns(
            words["file_thumb"],
            words["file_place"],
            words["file_alt"],
            words["file_link"],
            words["file_options"],
        )
        self._width = _width(words["file_width"])

    def options(self, text: str, start: int, end: int) -> Options:
        """What text[start:end] says, which stands between a file's name and the brackets."""
        thumb, place, alt, link, other = self._patterns
        found = Options()
        for begin, stop in _parts(text, start, end):
            part = text[begin:stop]
            if match := self._width.fullmatch(part):
                found.width = min(int(match[1] or 0), MOST_PIXELS)
            elif match := alt.fullmatch(part):
                found.alt = match[1].strip()
            elif match := link.fullmatch(part):
                found.link = match[1].strip()
            elif thumb.fullmatch(part):
                found.framed = True
            elif place.fullmatch(part):
                found.placed = True
            elif not other.fullmatch(part):
                found.caption = begin, stop
        return found


def label(options: Options, text: str, title: str) -> str:
    """What stands for the file where it is not loaded; plain text, never empty."""
    caption = ""
    if options.caption and not options.framed:
        caption = _MARKUP.sub(r"\1", text[slice(*options.caption)]).strip()
    return options.alt or caption or title


def opening(name: str, options: Options, href: str) -> tuple[str, str]:
    """The tags that begin and end it: a link, or none where the text asks for none.

    Name and width are what a picture is loaded by, where a reader's archive does so.
    """
    width = options.width or (THUMB_WIDTH if options.framed else 0)
    data = f' data-file="{escape(name)}"' + (f' data-width="{width}"' if width else "")
    if not href:
        return f'<span class="file"{data}>', "</span>"
    return f'<a class="file" href="{escape(href)}"{data}>', "</a>"


def _parts(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The pieces between the bars that are in no inner link or template."""
    depth, begin = 0, start
    for match in _PARTS.finditer(text, start, end):
        if match[0] in ("[[", "{{"):
            depth += 1
        elif match[0] != "|":
            depth -= 1
        elif depth == 0:
            yield begin, match.start()
            begin = match.end()
    yield begin, end


@lru_cache(maxsize=64)
def _patterns(*kinds: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """For each kind of option, what it matches: "thumb", "alt=$1"."""
    return tuple(_any_of(words) for words in kinds)


@lru_cache(maxsize=64)
def _width(words: frozenset[str]) -> re.Pattern[str]:
    """A size: "220px", "48x48px", "x48px", with each language's word for pixels."""
    units = "|".join(re.escape(word.removeprefix("$1").strip(" _")) for word in sorted(words))
    return re.compile(rf"\s*(\d{{1,4}})?(?:x\d{{1,4}})?[\s_]*(?:{units})\s*", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    bare = "|".join(re.escape(word) for word in longest_first if "$1" not in word)
    valued = "|".join(
        re.escape(word).replace(r"\$1", "").replace("=", r"\s*=")
        for word in longest_first
        if "$1" in word
    )
    return re.compile(rf"\s*(?:(?:{bare or '(?!)'})|(?:{valued or '(?!)'})(.*))\s*", re.I | re.S)
