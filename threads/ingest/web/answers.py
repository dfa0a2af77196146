"""The Action API's answers, checked and bounded: what is not described here gets no further.

The fields are MediaWiki's own, in its format version 2, which 1.26 and later have
(https://www.mediawiki.org/wiki/API:JSON_version_2). Fields that an import does not need
are left out, and so ignored.
"""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from django.db.models import BigIntegerField
from msgspec import Meta, Struct, field

from threads.ingest.characters import LONGEST, as_line, one_line

ENTRIES = 5000  # of a list: what MediaWiki gives at most, to bots
YEARS = range(1970, 2200)  # in which revisions are saved


class Line(str):
    """A text in one line, of printable characters: any other is U+FFFD instead."""


Id = Annotated[int, Meta(ge=1, le=BigIntegerField.MAX_BIGINT)]  # as large as both databases hold
Size = Annotated[int, Meta(ge=0, le=BigIntegerField.MAX_BIGINT)]
Namespace = Annotated[int, Meta(ge=-2, le=2**31 - 1)]
Moment = Annotated[datetime, Meta(tz=True)]
Parameter = Annotated[str, Meta(pattern="^[a-z0-9]{1,40}$")]
Value = Annotated[str, Meta(max_length=1000)] | Size

Queried = TypeVar("Queried")
Entry = TypeVar("Entry")
Several = Annotated[list[Entry], Meta(max_length=ENTRIES)]


class NotJson(ValueError):
    """The answer is no JSON, or no more than the beginning of it."""


class Malformed(ValueError):
    """The answer is JSON, but none of MediaWiki's to this question; says where it differs."""


class ApiError(Struct):
    """Why the API does not answer."""

    code: Line = Line("")
    info: Line = Line("")


class Answer(Struct, Generic[Queried]):
    """An answer; `query` is of the kind that was asked for."""

    query: Queried | None = None
    error: ApiError | None = None
    more: Annotated[dict[Parameter, Value], Meta(max_length=10)] = field(
        default_factory=dict, name="continue"
    )  # what to ask for the rest


# meta=siteinfo


class General(Struct):
    """What the wiki is; each field may be missing."""

    wikiid: Line = Line("")
    sitename: Line = Line("")
    base: Line = Line("")
    generator: Line = Line("")
    case: Line = Line("")
    lang: Line = Line("")
    timezone: Line = Line("")
    server: Line = Line("")
    articlepath: Line = Line("")
    script: Line = Line("")


class NamespaceFacts(Struct):
    id: Namespace
    name: Line = Line("")
    canonical: Line = Line("")
    case: Line = Line("")


class NamespaceAlias(Struct):
    id: Namespace
    alias: Line = Line("")


class SpecialPage(Struct):
    realname: Line
    aliases: Several[Line] = []


class SiteinfoResult(Struct):
    general: General
    namespaces: Annotated[dict[str, NamespaceFacts], Meta(max_length=ENTRIES)] = {}
    namespacealiases: Several[NamespaceAlias] = []
    specialpagealiases: Several[SpecialPage] = []


# list=allpages, list=categorymembers


class Listed(Struct):
    """A page of the wiki."""

    pageid: Id
    ns: Namespace
    title: Line


class AllPages(Struct):
    allpages: Several[Listed] = []


class CategoryMembers(Struct):
    categorymembers: Several[Listed] = []


# prop=info


class Info(Struct):
    """A page that was asked for, whether there is one or not."""

    title: Line = Line("")
    ns: Namespace = 0
    pageid: Id | None = None
    lastrevid: Id | None = None
    length: Size = 0
    contentmodel: Line = Line("wikitext")
    redirect: bool = False
    missing: bool = False
    special: bool = False
    invalid: bool = False
    invalidreason: Line = Line("")

    def __post_init__(self) -> None:
        is_page = not (self.missing or self.special or self.invalid or self.ns < 0)
        if is_page and not (self.pageid and self.lastrevid):
            raise ValueError("a page without pageid or lastrevid")


class Redirect(Struct):
    start: Line = field(name="from")
    to: Line = Line("")


class Interwiki(Struct):
    title: Line
    iw: Line


class Pages(Struct):
    pages: Several[Info] = []
    redirects: Several[Redirect] = []
    interwiki: Several[Interwiki] = []


# prop=revisions


class RevisionSize(Struct):
    revid: Id
    size: Size = 0


class PageHistory(Struct):
    revisions: Several[RevisionSize] = []


class Histories(Struct):
    pages: Several[PageHistory] = []


class Slot(Struct):
    """A revision's text; None where the wiki does not show it."""

    content: str | None = None
    contentmodel: Line = Line("wikitext")


class RevisionText(Slot, kw_only=True):
    """A revision; before MediaWiki 1.32 the text was its own, without slots."""

    revid: Id
    parentid: Size | None = None  # 0: it was the page's first
    timestamp: Moment | None = None
    user: Line = Line("")
    userhidden: bool = False
    comment: Line = Line("")
    commenthidden: bool = False
    minor: bool = False
    slots: dict[str, Slot] = {}

    def __post_init__(self) -> None:
        if self.timestamp and self.timestamp.year not in YEARS:
            raise ValueError("a time at which there was no such wiki")
        if self.timestamp is None and self.main.content is not None:
            raise ValueError("a revision without timestamp")

    @property
    def main(self) -> Slot:
        return self.slots.get("main", self)


class PageTexts(Struct):
    pageid: Id
    title: Line
    revisions: Several[RevisionText] = []


class Texts(Struct):
    pages: Several[PageTexts] = []


def read_answer(body: bytes, kind: type[Queried]) -> Answer[Queried]:
    """The answer in these bytes, its “query” of that kind. Raises NotJson and Malformed."""
    try:
        answer: Answer[Queried] = msgspec.json.decode(
            body,
            type=Answer[kind],  # type: ignore[valid-type]
            dec_hook=_line,
        )
    except msgspec.ValidationError as error:
        raise Malformed(one_line(str(error))) from error
    except RecursionError as error:
        raise Malformed("it is nested too deeply") from error
    except ValueError as error:  # of JSON's syntax and of UTF-8; half surrogates as well
        raise NotJson(one_line(str(error))) from error
    return answer


def _line(kind: type, given: Any) -> Line:
    """What msgspec asks for types that it does not know."""
    if kind is not Line:
        raise NotImplementedError(kind)
    if not isinstance(given, str):
        raise TypeError(f"Expected `str`, got `{type(given).__name__}`")
    if len(given) > LONGEST:
        raise ValueError(f"a text of more than {LONGEST} characters")
    return Line(as_line(given))
