"""What somebody pastes into the search box that names one thing, read.

An address on a wiki (also of a mobile site, of index.php, of Special:GoToComment in any
language), in angle brackets or not; an address in this archive; an id with its “#” or without, a
name, or a title with what stands behind its “#”.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from threads.models import Wiki
from threads.models.discussion.comment_ids import times_in
from threads.presentation.addresses.own import read_own
from threads.wikitext.site import interwiki
from threads.wikitext.site.titles import namespace_number

SPECIAL = -1  # MediaWiki's number of the namespace
# Addresses of ours that can be led to as they are.
OWN = ("page", "wiki", "comment", "history", "author", "cite", "collection", "since")
IDENTS = ("comment", "topic", "start", "at")  # in the query of a page's address
_ADDRESS = re.compile(r"(?:https?:)?//.+|/.+|[\w-]+(?:\.[\w-]+)+(?::\d+)?/.*", re.IGNORECASE)
# As in e-mails and wikitext: <https://…>.
_BRACKETED = re.compile(r"<\s*([^<>\s]+)\s*>")
_WIKITEXT_LINK = re.compile(r"\[\[:?([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_ID = re.compile(r"[ch]-.+")
_HASH_AND_ID = re.compile(r"#[ch]-")
# The name of a special page says nothing here: it differs from language to language.
_SPECIAL_ID = re.compile(r"[^/:]+:[^/]+/([ch]-.+)")
_VARIANT = re.compile(r"/[a-z]{2,3}(?:-[a-z]+)?/(.+)")  # the path of a language's variant
_ENGLISH = interwiki.home_wiki("", "en")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is named, as far as it can be told without the archive's pages."""

    wiki: Wiki | None = None
    title: str = ""  # of a page, in no particular spelling
    fragment: str = ""  # an id, a name or an anchor
    revision: int | None = None  # a version's number
    own: str = ""  # an address in this archive
    is_address: bool = False  # it can be nothing else
    is_link: bool = False  # it is one in wikitext
    host: str = ""  # of the address, where no wiki of the archive is there


def read_pasted(text: str, wikis: Iterable[Wiki]) -> Pasted | None:
    """What a text names; None for words."""
    text = text.strip()
    if bracketed := _BRACKETED.fullmatch(text):
        text = bracketed[1].strip()
    if link := _WIKITEXT_LINK.fullmatch(text):
        linked = read_pasted(link[1], wikis)
        return linked and replace(linked, is_link=True)
    by_host = {_host(urlsplit(wiki.server).netloc): wiki for wiki in wikis if wiki.server}
    by_name = {wiki.dbname: wiki for wiki in wikis}
    if _ADDRESS.fullmatch(text):
        return _read_address(text, by_host, by_name)
    text = text[1:] if _HASH_AND_ID.match(text) else text
    if _ID.fullmatch(text):
        return Pasted(fragment=_ident(text)) if times_in(_ident(text)) else None
    if found := _SPECIAL_ID.fullmatch(text):
        return Pasted(fragment=_ident(found[1])) if times_in(_ident(found[1])) else None
    return _read_title(text, by_host, by_name)


def ident_in(link: str, wikis: Iterable[Wiki]) -> str:
    """The id, or name, of the comment that a link leads to, of a wiki or of this archive; "" for
    another text."""
    return (read_pasted(link, wikis) or Pasted()).fragment


def _read_title(text: str, by_host: dict[str, Wiki], by_name: dict[str, Wiki]) -> Pasted | None:
    """A title, with another wiki's prefix or without; None for what has neither."""
    prefix, colon, rest = (part.strip() for part in text.partition(":"))
    if not colon or not rest or "\n" in text:
        return None
    if wiki := by_name.get(prefix.lower()) or by_name.get(f"{prefix.lower()}wiki"):
        return _titled(wiki, rest)
    if interwiki.is_prefix(prefix.lower(), _ENGLISH):
        address = interwiki.address(prefix.lower(), rest.partition("#")[0], _ENGLISH)
        if wiki := by_host.get(_host(urlsplit(address).netloc)):
            return _titled(wiki, rest)
    return _titled(None, text)


def _titled(wiki: Wiki | None, text: str) -> Pasted:
    title, _hash, fragment = text.partition("#")
    return Pasted(wiki, _title(title), _ident(unquote(fragment)))


def _read_address(text: str, by_host: dict[str, Wiki], by_name: dict[str, Wiki]) -> Pasted | None:
    has_host = "//" in text[:8] or not text.startswith("/")
    try:
        parts = urlsplit(text if "//" in text[:8] or not has_host else f"//{text}")
    except ValueError:
        return None
    host, fragment = _host(parts.netloc), _ident(unquote(parts.fragment))
    if wiki := by_host.get(host):
        return _on_wiki(parts, wiki, fragment)
    if own := _own(parts, by_name, fragment):
        return own
    if "://" not in text[:8]:
        return None
    title, revision = _page_of(parts, "/wiki/")
    found = _SPECIAL_ID.fullmatch(title)
    ident = _ident(found[1]) if found else fragment
    return Pasted(None, title, ident, revision, is_address=True, host=parts.netloc)


def _on_wiki(parts: SplitResult, wiki: Wiki, fragment: str) -> Pasted:
    title, revision = _page_of(parts, wiki.article_path.partition("$1")[0])
    if namespace_number(title, wiki) == SPECIAL:
        rest = title.partition("/")[2]
        if _ID.fullmatch(rest):
            return Pasted(wiki, "", _ident(rest), is_address=True)
        last = rest.rpartition("/")[2]
        if last.isdecimal() and last.isascii():
            return Pasted(wiki, "", fragment, int(last), is_address=True)
        title = rest or title  # Special:MyLanguage/Talk:X
    return Pasted(wiki, title, fragment, revision, is_address=True)


def _page_of(parts: SplitResult, article_path: str) -> tuple[str, int | None]:
    """The title and the revision that an address of a wiki names."""
    asked = parse_qs(parts.query)
    number = next((n for key in ("diff", "oldid") for n in asked.get(key, ()) if _is_number(n)), "")
    path = unquote(parts.path)
    if "title" in asked:
        title = asked["title"][0]
    elif path.startswith(article_path):
        title = path.removeprefix(article_path)
    else:
        variant = _VARIANT.fullmatch(path)
        title = variant[1] if variant and not path.endswith(".php") else ""
    return _title(title), int(number) if number else None


def _own(parts: SplitResult, by_name: dict[str, Wiki], fragment: str) -> Pasted | None:
    """An address of this archive, whatever it was called when the address was copied."""
    own = read_own(parts)
    if own is None or own.kind not in OWN:
        return None
    wiki = by_name.get(own.named.get("dbname", ""))
    if "dbname" in own.named and wiki is None:
        return None
    title = own.named["name"] if own.kind == "page" else ""
    if title and fragment and not parts.query:
        return Pasted(wiki, title, fragment, is_address=True)
    query, hash_ = f"?{parts.query}" if parts.query else "", f"#{parts.fragment}"
    address = f"{parts.path}{query}{hash_ if parts.fragment else ''}"
    asked = parse_qs(parts.query)
    idents = [own.named.get("ident"), fragment, *(asked.get(key, [""])[-1] for key in IDENTS)]
    ident = next(filter(None, idents), "")
    return Pasted(wiki, title, _ident(ident), own=address, is_address=True)


def _host(netloc: str) -> str:
    """A server's name: the same for its mobile site, and with “www.” or without."""
    labels = netloc.rpartition("@")[2].lower().split(".")
    return ".".join(label for label in labels if label not in ("m", "www"))


def _title(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("\x00", "\ufffd").split())


def _ident(text: str) -> str:
    return unquote(text).strip().replace(" ", "_").replace("\x00", "\ufffd")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
