"""A live wiki by its address: where its API is, and what it says of itself."""

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin

import httpx
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.web.addresses import check_url
from threads.ingest.web.answers import NamespaceFacts, SiteinfoResult
from threads.ingest.web.api import Api
from threads.ingest.web.failures import unreachable
from threads.ingest.web.fetching import Bounds, RetryLater, fetch, open_client
from threads.models import Wiki

from .places import longest
from .siteinfo import SiteInfo, wiki_of

# How long somebody who gave an address waits to hear whether a wiki is there.
FINDING = Bounds(size=8 * 1024 * 1024, seconds=30, silence=15, tries=3, pause=10, total=90)
ENTRY = "/api.php"
USUAL = ("/w/api.php", "/api.php", "/wiki/api.php")
# What stands in a page's address behind the folder that the wiki is in.
BEHIND_FOLDER = re.compile(r"/(?:wiki|w|index\.php)(?:/|$)")
HEAD = 128 * 1024  # bytes of a page within which its links for programs are
LINK = re.compile(r"<link\s[^<>]{1,1000}>", re.IGNORECASE)
SITEINFO = "general|namespaces|namespacealiases|specialpagealiases"
OLDEST = (1, 26)  # the first MediaWiki whose API gives what is read here
GENERATOR = re.compile(r"MediaWiki (\d{1,3})\.(\d{1,3})")


def wiki_at(url: str, *, bounds: Bounds | None = None, **given: str) -> tuple[Wiki, list[str]]:
    """The archive's row of the wiki at an address, or a new, unsaved one, with its API's address.

    In: a page of the wiki, its server, or its api.php; `given`: what an admin says of the
    wiki, as `wiki_of` takes it. Out: the wiki, and what contradicts, a sentence each.
    Raises BadInput and SourceBroke.
    """
    info = site_info(url, bounds)
    wiki, said = wiki_of(info, **given)
    wiki.api_url = info.api_url
    return wiki, said


def title_in(url: str, wiki: Wiki) -> str:
    """The title of the page that an address on the wiki shows, "" where it shows none."""
    parsed = check_url(url)
    if title := parse_qs(parsed.query.decode(errors="replace")).get("title"):
        return title[0].replace("_", " ")
    before, _mark, after = wiki.article_path.partition("$1")
    path = unquote(parsed.raw_path.partition(b"?")[0].decode("ascii"))
    if path.startswith(before) and path.endswith(after) and not path.endswith(".php"):
        return path[len(before) : len(path) - len(after)].replace("_", " ")
    return ""


def site_info(url: str, bounds: Bounds | None = None) -> SiteInfo:
    """What the wiki at an address says of itself. Raises BadInput and SourceBroke."""
    bounds = bounds or FINDING
    latest = time.monotonic() + bounds.total
    broken: SourceBroke | None = None
    for candidate in _candidates(check_url(url), bounds):
        if time.monotonic() > latest:
            break
        try:
            with Api(candidate, bounds) as api:
                told = api.ask(
                    SiteinfoResult, action="query", meta="siteinfo", siprop=SITEINFO
                ).query
        except SourceBroke as error:
            broken = broken or error
            continue
        if told:
            _check_version(told, candidate)
            return _info(told, candidate)
    raise broken or SourceBroke(
        _("No MediaWiki found at %(url)s. Enter the URL of one of the wiki's pages.") % {"url": url}
    )


def _candidates(url: httpx.URL, bounds: Bounds) -> Iterator[str]:
    """Where the API may be, the surest first."""
    if url.path.endswith(ENTRY):
        yield str(url.copy_with(query=None))
        return
    with open_client(bounds) as client:
        try:
            response, body = fetch(client, url, bounds)
        except httpx.TransportError as error:
            raise SourceBroke(unreachable(url, error)) from error
        except RetryLater as later:
            raise SourceBroke(
                _("Could not read %(url)s: %(reason)s. Check the URL.")
                % {"url": url, "reason": later}
            ) from later
    at = response.url
    told = [_joined(str(at), link.partition("?")[0]) for link in _links(body)]
    path = at.raw_path.partition(b"?")[0].decode("ascii")
    here = f"{at.scheme}://{at.netloc.decode('ascii')}"
    usual = [f"{here}{folder}{entry}" for folder in (_folder(path), "") for entry in USUAL]
    yield from dict.fromkeys(filter(None, map(_api_at, [*told, *usual])))


def _links(page: bytes) -> list[str]:
    """The addresses by which a page of MediaWiki tells programs where its API is."""
    reader = _Links()
    for link in LINK.findall(page[:HEAD].decode(errors="replace")):
        reader.feed(link)
    return reader.found[:2]


def _folder(path: str) -> str:
    """The folder that a wiki is in, by a page's path: “/ru” of “/ru/wiki/Lamps”, "" for none."""
    behind = BEHIND_FOLDER.search(path)
    if behind:
        return path[: behind.start()]
    return path.rstrip("/") if path.endswith("/") else ""


def _joined(base: str, link: str) -> str:
    """Where a link leads; "" where that is nowhere."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _api_at(address: str) -> str:
    """The address as it is asked and kept; "" for what can be none."""
    try:
        url = str(check_url(address))
    except BadInput:
        return ""
    return url if len(url) <= longest("api_url") else ""


class _Links(HTMLParser):
    """The addresses by which a page of MediaWiki tells programs where its API is."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        link = named.get("href") or ""
        if tag == "link" and named.get("rel") == "EditURI" and ENTRY in link:
            self.found.append(link)


def _check_version(told: SiteinfoResult, api_url: str) -> None:
    """Raises SourceBroke where the wiki's MediaWiki is too old to be read."""
    version = GENERATOR.match(told.general.generator)
    if version and (int(version[1]), int(version[2])) < OLDEST:
        raise SourceBroke(
            _(
                "%(url)s runs %(version)s. Live imports require MediaWiki %(oldest)s or later. "
                "Export the pages with Special:Export there and import the file."
            )
            % {"url": api_url, "version": version[0], "oldest": ".".join(map(str, OLDEST))}
        )


def _info(told: SiteinfoResult, api_url: str) -> SiteInfo:
    general = told.general
    names: dict[str, dict[str, Any]] = {
        str(facts.id): {"name": facts.name, "aliases": _canonical(facts), "case": facts.case}
        for facts in told.namespaces.values()
    }
    for entry in told.namespacealiases:
        if entry.alias and (facts := names.get(str(entry.id))):
            facts["aliases"].append(entry.alias)
    return SiteInfo(
        dbname=general.wikiid,
        name=general.sitename,
        base=general.base,
        generator=general.generator,
        case=general.case,
        language=general.lang,
        timezone=general.timezone,
        # It may leave out “https:”.
        server=_joined(api_url, general.server) if general.server else "",
        article_path=general.articlepath,
        script_path=general.script,
        api_url=api_url,
        namespaces=names,
        contributions=tuple(
            alias
            for page in told.specialpagealiases
            if page.realname == "Contributions"
            for alias in page.aliases
        ),
    )


def _canonical(facts: NamespaceFacts) -> list[str]:
    """A namespace's English name, where that is not its name anyway."""
    return [name for name in (facts.canonical,) if name and name != facts.name]
