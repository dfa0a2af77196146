"""What stands around the pages of a copy: the same on all that are equally deep in its folders, so
it is made once for each language and depth."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.safestring import mark_safe

from threads.presentation.times.dates import direction_of_dates
from threads.templatetags.quick import GAP, quick_template

TEMPLATE = "copied/shell.html"
_NAME = re.compile(f"{GAP}(\\w+){GAP}")


class Parts(NamedTuple):
    """HTML of a page without what is around it on all pages."""

    title: str
    crumbs: str
    licence: str
    main: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language of the user interface."""

    code: str
    name: str  # in the language itself
    address: str
    is_current: bool  # it is this page


@dataclass(frozen=True, slots=True)
class Around:
    """What the template knows of the pages."""

    language: str
    direction: str
    up: str  # from the page to the folder of its language
    top: str  # from the page to the copy's folder
    languages: Sequence[LanguageLink]
    script: str  # the name of one that the page alone needs


class Shell:
    """HTML with gaps for the parts of a page, and for its path in the folder of each language."""

    def __init__(self, html: str) -> None:
        self._form = _NAME.sub(r"%(\1)b", html.replace("%", "%%")).encode()

    def around(self, parts: bytes, path: str) -> bytes:
        """The whole page. In: its parts in UTF-8, as `joined` has them."""
        given = dict(zip(_NAMES, parts.split(_GAP), strict=True))
        return self._form % {**given, b"path": path.encode()}


_GAP = GAP.encode()
_NAMES = [name.encode() for name in Parts._fields]


def joined(parts: Parts) -> str:
    """The parts of a page in one text."""
    return GAP.join(part.strip() for part in parts)


def folder_of_language(code: str, languages: Sequence[str]) -> str:
    """Where a copy has the pages of a language: those of the first are at the top."""
    return "" if code == languages[0] else f"{code}/"


def top_from(up: str, language: str, languages: Sequence[str]) -> str:
    """From a page to the copy's folder. In: the way to the folder of its language."""
    return up if language == languages[0] else f"../{up}"


def shell_of(language: str, languages: Sequence[str], up: str, script: str) -> Shell:
    """What is around the pages from which `up` leads to the folder of their language."""
    gaps = {name: mark_safe(f"{GAP}{name}{GAP}") for name in Parts._fields}  # noqa: S308
    with translation.override(language):
        around = Around(
            language,
            direction_of_dates(),
            up,
            top_from(up, language, languages),
            list(_links(language, languages, up)),
            script,
        )
        return Shell(quick_template(TEMPLATE).render({**gaps, "around": around}))


def _links(language: str, languages: Sequence[str], up: str) -> Iterator[LanguageLink]:
    names = dict(settings.LANGUAGES)
    top = top_from(up, language, languages)
    for code in languages:
        address = f"{top}{folder_of_language(code, languages)}{GAP}path{GAP}"
        yield LanguageLink(code, names[code], address, code == language)
