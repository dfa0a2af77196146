"""Files of MediaWiki's export format, made up for tests, and what comes of importing one."""

import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

from django.core.management import CommandError, call_command

from threads.ingest.sources import PageRevision, Unusable
from threads.ingest.sources.dump import dump
from threads.models import Wiki

WIKI = Wiki(dbname="lanternwiki")
NAMESPACES = {-1: "Special", 0: "", 1: "Talk", 2: "User", 3: "User talk", 4: "Lanternwiki", 5: "LT"}
TIME = "2019-05-02T10:00:00Z"
SIGNED = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


def export(*pages: str, schema: str = "0.11", dbname: str = "lanternwiki") -> str:
    """A whole file with these pages."""
    names = "".join(
        f'<namespace key="{key}" case="first-letter">{name}</namespace>'
        for key, name in NAMESPACES.items()
    )
    return (
        f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-{schema}/" version="{schema}" '
        f'xml:lang="en">\n<siteinfo><sitename>Lantern Wiki</sitename><dbname>{dbname}</dbname>'
        "<base>https://lantern.example/wiki/Main_Page</base>"
        f"<generator>MediaWiki 1.39.17</generator><case>first-letter</case>"
        f"<namespaces>{names}</namespaces></siteinfo>\n{''.join(pages)}</mediawiki>\n"
    )


def page(
    title: str, *revisions: str, ns: int | str = 1, number: int | str = 7, more: str = ""
) -> str:
    """One page; `more` stands before its revisions."""
    return (
        f"<page><title>{escape(title)}</title><ns>{ns}</ns><id>{number}</id>{more}"
        f"{''.join(revisions or [revision()])}</page>\n"
    )


def revision(
    text: str = SIGNED,
    *,
    number: int | str = 70,
    time: str = TIME,
    model: str = "wikitext",
    attributes: str = "",
    more: str = "",
) -> str:
    """One revision; `attributes` are the text's, `more` stands behind it."""
    size = len(text.encode())
    return (
        f"<revision><id>{number}</id><parentid>1</parentid><timestamp>{time}</timestamp>"
        "<contributor><username>Ada</username><id>3</id></contributor><comment>lit</comment>"
        f"<origin>{number}</origin><model>{model}</model><format>text/x-wiki</format>"
        f'<text bytes="{size}" xml:space="preserve" {attributes}>{escape(text)}</text>'
        f"<sha1>x</sha1>{more}</revision>"
    )


def many(count: int, text: str = SIGNED) -> Sequence[str]:
    """So many talk pages."""
    return [page(f"Talk:Lamp {n}", revision(text, number=n), number=n) for n in range(1, count + 1)]


def read_dump(file: Path, content: str | bytes, **options: bool) -> list[PageRevision | Unusable]:
    """What the file gives once it holds this content."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(dump([file], wiki=WIKI, **options).revisions)


def ending(file: Path, *options: str) -> tuple[int, str]:
    """The exit status of an import, and all that it says."""
    output = io.StringIO()
    command = ("import_dump", str(file), *options, "--processes=1")
    try:
        call_command(*command, stdout=output, stderr=output)
    except CommandError as error:
        return error.returncode, f"{output.getvalue()}{error}"
    return 0, output.getvalue()
