"""Every way by which text comes out of an archive, for tests that look for some in all of them."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from libzim.reader import Archive

from tests.views.everything import every_address
from threads.export import FORMATS, Selection
from threads.models import Author, TalkPage

MORE = ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/api/v1/docs")


def shown() -> Iterator[tuple[str, str]]:
    """What readers and programs get at every address."""
    yield from pages([*MORE, *_further(), *every_address()])


def pages(addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a reader gets at each address, and its headers."""
    client, left, known = Client(), list(addresses), set[str]()
    while left:
        address = left.pop(0).partition("#")[0]
        if address in known:
            continue
        known.add(address)
        response = client.get(address)
        left += [response.headers["Location"]] if "Location" in response.headers else []
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        headers = " ".join(response.headers.values())
        yield address, unquote(unescape(f"{headers} {body.decode()}"))


def exports() -> Iterator[tuple[str, str]]:
    """All of the archive in each format."""
    for name, form in FORMATS.items():
        data = b"".join(form.write(Selection()))
        if not zipfile.is_zipfile(io.BytesIO(data)):
            yield name, data.decode()
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                yield f"{name}: {member}", member + packed.read(member).decode()


def copied() -> Iterator[tuple[str, str]]:
    """The files of a static copy: pages, histories, figures, and what its search reads; and the
    entries of its ZIM file, which has titles besides."""
    with TemporaryDirectory() as folder:
        made, zim = Path(folder, "copy"), Path(folder, "copy.zim")
        everything = {"histories": True, "analyses": True, "zim": zim}
        call_command("export_site", made, language=["en"], processes=1, verbosity=0, **everything)
        for path in sorted(made.rglob("*")):
            if path.is_file():
                name = path.relative_to(made).as_posix()
                yield name, unquote(unescape(f"{name} {path.read_text(errors='replace')}"))
        packed = Archive(zim)
        for number in range(packed.all_entry_count):
            entry = packed._get_entry_by_id(number)
            body = b"" if entry.is_redirect else bytes(entry.get_item().content)
            told = f"{entry.path} {entry.title} {body.decode(errors='replace')}"
            yield f"zim: {entry.path}", unquote(unescape(told))


def _further() -> Iterator[str]:
    """What is asked for by scripts, and by words."""
    yield from (f"/search?q={words}" for words in ("cellar", "neighbour", "gold* -a", "says"))
    yield from (f"/suggestions?q={words}" for words in ("Mar", "qui", "What", "cell"))
    for page in TalkPage.objects.select_related("wiki"):
        yield reverse("compare", args=[page.wiki.dbname, page.title])
        wikitext = reverse("api:wikitext", args=[page.wiki.dbname, page.title])
        for revision in page.revisions.all():
            yield f"{wikitext}?key={revision.pk}"
            yield f"{page.get_absolute_url()}?as_of={revision.saved_at:%Y-%m-%dT%H:%M:%SZ}"
    for author in Author.objects.all():
        yield reverse("person", args=[author.name])
