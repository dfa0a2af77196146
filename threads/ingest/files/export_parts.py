"""What a file of MediaWiki's export format holds."""

from dataclasses import dataclass

from threads.ingest.wikis.siteinfo import SiteInfo


@dataclass(slots=True)
class PageHead:
    """What is known of a page before its revisions."""

    title: str = ""
    namespace: str = ""  # its number; schemas before 0.6 have none
    number: str = ""  # the page id
    redirect: str | None = None  # where it redirects to, if it does; old schemas do not say
    byte: int = 0  # of the unpacked file, at which it begins
    wrong: str = ""  # what the page has that no export has, in a sentence


@dataclass(slots=True)
class DumpRevision:
    """One state of a page, as the file gives it: nothing is checked yet."""

    number: str = ""
    parent: str = ""  # the id of the revision that it was made from; "0": it was the first
    timestamp: str = ""
    user: str = ""  # who saved it, by name or IP address
    user_hidden: bool = False  # the wiki has hidden who saved it
    summary: str = ""
    summary_hidden: bool = False  # the wiki has hidden the summary
    minor: bool = False
    model: str = ""  # of its content: "wikitext"
    text: str | None = None  # None: the file has no text for it
    suppressed: bool = False  # the wiki has hidden its text
    too_large: bool = False  # more than a page may have; what is over is not in `text`
    wrong: str = ""  # what it has that no export has, in a sentence


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The page's last revision has been given, or the page is not wanted."""

    head: PageHead
    model: str = ""  # of its last revision's content


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the file is broken. What follows it comes from the next page on."""

    head: PageHead | None  # as far as known, of the page that is broken; it has no PageEnd
    byte: int  # of the unpacked file
    reason: str  # a sentence


ExportPart = SiteInfo | PageHead | DumpRevision | PageEnd | Damage


class NoExport(Exception):
    """The file is XML, but not MediaWiki's."""


class Misplaced(Exception):
    """An element stands where none of its kind can: one before it has no end."""

    def __init__(self, reason: str, at: int, line: int) -> None:
        """`at` and `line` are what the parser counts."""
        super().__init__(reason)
        self.at = at
        self.line = line
