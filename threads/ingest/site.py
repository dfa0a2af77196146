"""A live wiki by its address: where its API is, and what it says of itself."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin

import httpx
from django.utils.translation import gettext as _

from threads.models import Wiki

from .addresses import check_url
from .api import Answer, Api, making_sense
from .errors import BadInput, SourceBroke
from .fetching import Bounds, Later, fetch, open_client
from .siteinfo import SiteInfo, wiki_of

ENTRY = "/api.php"
USUAL = ("/w/api.php", "/api.php", "/wiki/api.php")
HEAD = 128 * 1024  # bytes of a page within which its links for programs are
SITEINFO = "general|namespaces|namespacealiases|specialpagealiases"


def wiki_at(url: str, *, bounds: Bounds | None = None, **given: str) -> tuple[Wiki, list[str]]:
    """The archive's row of the wiki at an address, or a new, unsaved one, with its API's address.

    In: a page of the wiki, its server, or its api.php; `given`: what an admin says of the
    wiki, as `wiki_of` takes it. Out: the wiki, and what contradicts, a sentence each.
    Raises BadInput and SourceBroke.
    """
    info = site_info(url, bounds)
    wiki, said = wiki_of(info, **given)
    kept, found = httpx.URL(wiki.server or wiki.api_url), httpx.URL(info.server)
    if wiki.pk and kept.host and (kept.host, kept.port) != (found.host, found.port):
        raise BadInput(
            "dbname",
            _(
                "The archive has another wiki with the database name “%(dbname)s”, at %(kept)s. "
                "Give this one a name of its own, such as “%(dbname)s2”, or change the address "
                "of the wiki in the admin if it has moved."
            )
            % {"dbname": wiki.dbname, "kept": kept},
        )
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
    broken: SourceBroke | None = None
    for candidate in _candidates(check_url(url), bounds or Bounds()):
        try:
            with Api(candidate, bounds) as api:
                answer = api.ask(action="query", meta="siteinfo", siprop=SITEINFO)
        except SourceBroke as error:
            broken = broken or error
            continue
        if "general" in answer.get("query", {}):
            with making_sense(candidate):
                return _info(answer["query"], candidate)
    raise broken or SourceBroke(
        _("There is no MediaWiki at %(url)s. Give the address of a page of the wiki.")
        % {"url": url}
    )


def _candidates(url: httpx.URL, bounds: Bounds) -> Iterator[str]:
    """Where the API may be, the surest first."""
    if url.path.endswith(ENTRY):
        yield str(url.copy_with(query=None))
        return
    with open_client(bounds) as client:
        try:
            response, body = fetch(client, url, bounds)
        except (httpx.TransportError, Later) as error:
            raise SourceBroke(
                _("%(host)s cannot be reached: %(reason)s. Check the address and the network.")
                % {"host": url.host, "reason": error}
            ) from error
    links = _Links()
    links.feed(body[:HEAD].decode(response.encoding or "utf-8", errors="replace"))
    told = [urljoin(str(response.url), link.partition("?")[0]) for link in links.found]
    usual = [str(response.url.copy_with(path=path, query=None)) for path in USUAL]
    yield from dict.fromkeys([*told, *usual])


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


def _info(told: Answer, api_url: str) -> SiteInfo:
    general = told["general"]
    names: dict[str, dict[str, Any]] = {
        number: {"name": facts["name"], "aliases": _canonical(facts), "case": facts.get("case", "")}
        for number, facts in told.get("namespaces", {}).items()
    }
    for entry in told.get("namespacealiases", ()):
        names[str(entry["id"])]["aliases"].append(entry["alias"])
    return SiteInfo(
        dbname=general.get("wikiid", ""),
        name=general.get("sitename", ""),
        base=general.get("base", ""),
        generator=general.get("generator", ""),
        case=general.get("case", ""),
        language=general.get("lang", ""),
        timezone=general.get("timezone", ""),
        server=urljoin(api_url, general.get("server", "")),  # it may leave out “https:”
        article_path=general.get("articlepath", ""),
        script_path=general.get("script", ""),
        api_url=api_url,
        namespaces=names,
        contributions=tuple(
            alias
            for page in told.get("specialpagealiases", ())
            if page["realname"] == "Contributions"
            for alias in page["aliases"]
        ),
    )


def _canonical(facts: Mapping[str, Any]) -> list[str]:
    """A namespace's English name, where that is not its name anyway."""
    return [name for name in (facts.get("canonical"),) if name and name != facts["name"]]
