"""What a link leads to: a user, a file, a category, a page, an address.

Rules: DiscussionTools' reading of signature links. User:, User talk: and
Special:Contributions/Name name a user; subpages do not; any address counts whatever its
host, if its path is /wiki/User:X or its query has title=User:X.
"""

import html
import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from .languages import Profile, known_languages

ILLEGAL = re.compile(r"[<>\[\]{}|\n\x00-\x1f\x7f\ufffd]")
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u00ad]")
_BLANKS = re.compile(r"[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Prefixes of the interwiki map of Wikimedia's wikis that talk pages use.
INTERWIKI = frozenset(
    (
        "b betawikiversity bugzilla c chapter commons d dbdump foundation incubator m mail "
        "mediawiki meta metawiki metawikimedia metawikipedia mw n outreach phab phabricator q s "
        "sep11 signwriting species strategy strategywiki test2wiki testwiki testwikidata "
        "translatewiki v voy w wikia wikibooks wikidata wikimania wikimedia wikinews wikipedia "
        "wikiquote wikisource wikispecies wikitech wikiversity wikivoyage wikt wiktionary wmf "
        "wmfblog wmfwiki"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads."""

    title: str  # normalised, without fragment: "User talk:James Salsman"
    fragment: str
    kind: str  # "page", "user", "file", "category", "interwiki" or "self"
    user: str | None = None  # whom it names, where it can stand in a signature


class Links:
    """Reads link targets as one page of one wiki does."""

    def __init__(self, profile: Profile, title: str) -> None:
        self._profile = profile
        self._title = title
        self._known: dict[str, Target | None] = {}
        self._languages = language_codes()

    def target(self, source: str) -> Target | None:
        """Where [[source]] leads; None if MediaWiki would not make a link of it."""
        if source not in self._known:
            self._known[source] = self._read(source)
        return self._known[source]

    def user_of_url(self, url: str) -> str | None:
        """Whom an address names: by /wiki/User:X or title=User:X."""
        try:
            parts = urlsplit(html.unescape(url))
        except ValueError:
            return None
        title = ""
        if "title=" in parts.query:
            title = parse_qs(parts.query, errors="replace").get("title", [""])[0]
        elif parts.path.startswith("/wiki/"):
            title = unquote(parts.path[len("/wiki/") :])
        return self.user_of_title(_clean(title)) if ":" in title else None

    def user_of_title(self, title: str) -> str | None:
        """Whom a full title names, or None."""
        namespace, colon, rest = title.partition(":")
        if not colon:
            return None
        namespace, rest = namespace.strip().lower(), rest.strip()
        if namespace in self._profile.user or namespace in self._profile.user_talk:
            return None if "/" in rest else normalise_user(rest)
        if namespace in self._profile.special:
            page, slash, name = rest.partition("/")
            if slash and "/" not in name and page.strip().lower() in self._profile.contributions:
                return normalise_user(name)
        return None

    def _read(self, source: str) -> Target | None:
        title, _, fragment = html.unescape(source).partition("#")
        title = _clean(unquote(title) if "%" in title else title)
        if ILLEGAL.search(title) or not (title or fragment):
            return None
        if not title:
            return Target("", fragment, "self")
        colon = title.startswith(":")
        title = title.lstrip(": ") if colon else title
        if title.startswith("/"):
            return Target(self._title + title.rstrip("/"), fragment, "page")
        user = self.user_of_title(title)
        namespace = title.partition(":")[0].strip().lower()
        if user is not None:
            return Target(title, fragment, "user", user)
        if namespace in self._profile.file:
            return Target(title, fragment, "page" if colon else "file")
        if namespace in self._profile.category:
            return Target(title, fragment, "page" if colon else "category")
        if self._is_interwiki(namespace):
            return Target(title, fragment, "interwiki", self._user_elsewhere(title))
        return Target(title[:1].upper() + title[1:], fragment, "page")

    def _is_interwiki(self, prefix: str) -> bool:
        return prefix in INTERWIKI or prefix in self._languages

    def _user_elsewhere(self, title: str) -> str | None:
        """[[m:User:X]] counts; its namespace is read as if it were this wiki's."""
        while self._is_interwiki(title.partition(":")[0].strip().lower()):
            title = title.partition(":")[2].lstrip(": ")
            user = self.user_of_title(title)
            if user is not None:
                return user
        return None


def normalise_user(name: str) -> str | None:
    """A user name as MediaWiki stores it; None for what cannot be one.

    The first letter is upper case, underscores are blanks, IPv6 addresses are written out
    and in upper case.
    """
    name = _clean(name.partition("#")[0])
    if not name or ILLEGAL.search(name):
        return None
    if name.count(":") >= 2:
        try:
            address = ipaddress.IPv6Address(name)
        except ValueError:
            pass
        else:
            groups = address.exploded.upper().split(":")
            return ":".join(group.lstrip("0") or "0" for group in groups)
    first = name[0].upper()
    return (first if len(first) == 1 else name[0]) + name[1:]


def normalise_title(title: str) -> str:
    """A page title with blanks for underscores, one at a time, none at its ends."""
    return _clean(title)


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """Language codes, which are interwiki prefixes as well."""
    return frozenset(code for code, _ in known_languages())


def _clean(title: str) -> str:
    return _BLANKS.sub(" ", _INVISIBLE.sub("", title)).strip()


def href(target: Target) -> str:
    """A link's address before it is resolved: "wiki:Title#fragment"."""
    title = target.title.replace(" ", "_")
    fragment = "#" + target.fragment.replace(" ", "_") if target.fragment else ""
    return f"wiki:{title}{fragment}" if title else fragment


@lru_cache(maxsize=1024)
def link_html(target: Target) -> str:
    """The opening tag of a link to a page."""
    kind = "user" if target.user else "wiki"
    return f'<a class="{kind}" href="{html.escape(href(target))}">'
