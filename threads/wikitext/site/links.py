"""What a link leads to: a user, a file, a category, a page, an address.

Rules for users: DiscussionTools' reading of signature links. User:, User talk: and
Special:Contributions/Name name a user; subpages do not; any address counts whatever its
host, if its path is /wiki/User:X or its query has title=User:X.
Rules for titles: MediaWiki's Parser::handleInternalLinks2 and MediaWikiTitleCodec.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from threads.wikitext.markup.allowlist import link
from threads.wikitext.markup.entities import cleaned, unescape

from . import interwiki
from .languages import Profile

ILLEGAL = re.compile(
    r"[<>\[\]{}|\n\x00-\x1f\x7f\ufffd]|~~~|%[0-9A-Fa-f]{2}|&(?:\w+|#\d+|#x[0-9A-Fa-f]+);"
    r"|(?:^|/)\.\.?(?:/|$)"
)
MAX_BYTES = 255  # of a title without its namespace, in UTF-8
_ADDRESS = re.compile(
    r"//|(?:bitcoin|geo|magnet|mailto|news|sips?|sms|tel|urn|xmpp):"
    r"|(?:ftps?|git|gopher|https?|ircs?|mms|nntp|redis|sftp|ssh|svn|telnet|worldwind)://",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}", re.ASCII)
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e]")
_BLANKS = re.compile(r"[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
MEDIA, SPECIAL, TALK, USER, USER_TALK, PROJECT, FILE, CATEGORY = -2, -1, 1, 2, 3, 4, 6, 14


@dataclass(slots=True, eq=False)
class Target:
    """Where a link leads; never changed once it is made."""

    title: str  # as the wiki writes it, without fragment: "User talk:James Salsman"
    fragment: str
    kind: str  # "page", "user", "file", "category", "language", "interwiki" or "self"
    user: str | None = None  # whom it names, where it can stand in a signature
    address: str = ""  # of a page of another wiki
    text: str = ""  # what the link shows by itself, where that is not as it is written


class Links:
    """Reads link targets as one page of one wiki does."""

    def __init__(self, profile: Profile, title: str) -> None:
        self._profile = profile
        self._known: dict[str, Target | None] = {}
        self._openings: dict[Target, str] = {}
        self._users: dict[str, str | None] = {}  # by address
        self._home = interwiki.home_wiki(profile.wiki, profile.language)
        self._numbers = _numbers(profile, self._home.project)
        self._title = self._proper(title) or title

    def target(self, source: str) -> Target | None:
        """Where [[source]] leads; None if MediaWiki would not make a link of it."""
        target = self._known.get(source)
        if target is None and source not in self._known:
            target = self._known[source] = self._read(source)
        return target

    def is_file(self, source: str) -> bool:
        """Whether [[source]] is a file."""
        target = self.target(source)
        return target is not None and target.kind == "file"

    def opening(self, target: Target) -> str:
        """The opening tag of a link to a page."""
        opening = self._openings.get(target)
        if opening is None:
            opening = self._openings[target] = _opening(target)
        return opening

    def user_of_url(self, url: str) -> str | None:
        """Whom an address names: by /wiki/User:X or title=User:X."""
        if url not in self._users:
            self._users[url] = self._read_url(url)
        return self._users[url]

    def _read_url(self, url: str) -> str | None:
        try:
            parts = urlsplit(unescape(url))
        except ValueError:
            return None
        title = ""
        if "title=" in parts.query:
            title = parse_qs(parts.query, errors="replace").get("title", [""])[0]
        elif parts.path.startswith("/wiki/"):
            title = cleaned(unquote(parts.path[len("/wiki/") :]))
        return self.user_of_title(_clean(title)) if ":" in title else None

    def user_of_title(self, title: str) -> str | None:
        """Whom a full title names, or None."""
        namespace, colon, rest = title.partition(":")
        return self._user(self._number(namespace), rest.strip()) if colon else None

    def _user(self, number: int | None, rest: str) -> str | None:
        """Whom a title in the namespace of that number names."""
        if number in (USER, USER_TALK):
            return None if "/" in rest else normalise_user(rest)
        if number == SPECIAL:
            page, slash, name = rest.partition("/")
            if slash and "/" not in name and page.strip().lower() in self._profile.contributions:
                return normalise_user(name)
        return None

    def _number(self, namespace: str) -> int | None:
        """The number of the namespace of that name; None where there is none."""
        return self._numbers.get(namespace.strip().lower())

    def _read(self, source: str) -> Target | None:
        shown = cleaned(unquote(source)) if "%" in source else source
        if _ADDRESS.match(shown.lstrip()):
            return None
        title, _, fragment = unescape(shown.strip(" ")).partition("#")
        text = shown if shown != source else ""
        if title.startswith(("/", "../")):
            title, text = self._subpage(title.strip(), fragment)
        title = _clean(title)
        if not title:
            return Target("", fragment, "self", text=text) if fragment else None
        colon = title.startswith(":")
        if colon:
            title = title[1:].lstrip(" ")
            text = (text or shown.strip(" "))[1:]
        if ILLEGAL.search(title) or not title or title.startswith(":"):
            return None
        return self._page(title, fragment, text, colon=colon)

    def _page(self, title: str, fragment: str, text: str, *, colon: bool) -> Target | None:
        namespace, _, rest = title.partition(":")
        number = self._number(namespace) if _ else None
        prefix = namespace.strip().lower()
        if number is None and _ and interwiki.is_prefix(prefix, self._home):
            return self._elsewhere(prefix, rest.strip(), fragment, text, colon=colon)
        proper = self._proper(title)
        if proper is None:
            return None
        user = self._user(number, rest.strip())
        kind = {FILE: "file", CATEGORY: "category"}.get(number or 0, "page")
        if user is not None:
            kind = "user"
        elif colon or kind == "page":
            kind = "page" if fragment or proper != self._title else "self"
        if number == MEDIA:
            proper = f"{self._profile.namespace_names[SPECIAL]}:FilePath/{proper.partition(':')[2]}"
        return Target(proper, fragment, kind, user, text=text)

    def _elsewhere(
        self, prefix: str, rest: str, fragment: str, text: str, *, colon: bool
    ) -> Target | None:
        if len(rest.encode()) > MAX_BYTES:
            return None
        to_language = interwiki.is_language(prefix) and not colon
        kind = "language" if to_language and not self._is_talk() else "interwiki"
        address = interwiki.address(prefix, rest, self._home)
        user = self.user_of_title(rest)  # its namespace is read as this wiki's
        return Target(f"{prefix}:{rest}", fragment, kind, user, address, text)

    def _proper(self, title: str) -> str | None:
        """A title as the wiki writes it; None for one that no page can have."""
        namespace, colon, rest = title.partition(":")
        number = self._number(namespace) if colon else None
        if number is None:
            namespace, rest = "", title
        rest = rest.strip()
        if not rest or len(rest.encode()) > MAX_BYTES:
            return None
        if number == TALK and self._number(rest.partition(":")[0]) is not None and ":" in rest:
            return None  # Talk:User:X would be User talk:X
        if number in (USER, USER_TALK) or not interwiki.keeps_first_letters(self._profile.wiki):
            rest = capital(rest)
        if number is None:
            return rest
        name = self._profile.namespace_names.get(number, capital(namespace.strip()))
        return f"{name}:{rest}"

    def _is_talk(self) -> bool:
        """Whether the page is in a namespace of talk pages."""
        namespace, colon, _ = self._title.partition(":")
        if not colon:
            return False
        number = self._number(namespace)
        if number is not None:
            return number > 0 and number % 2 == 1
        own = re.escape(self._profile.namespace_names.get(5, "$1 talk")).replace(r"\$1", ".+")
        return bool(re.fullmatch(rf"{own}|.+ talk", namespace, re.IGNORECASE))

    def _subpage(self, title: str, fragment: str) -> tuple[str, str]:
        """The full title of "/x" or "../x", and what the link shows by itself."""
        behind = f"#{fragment}" if fragment else ""
        if title.startswith("/"):
            bare = title.rstrip("/")
            name = bare[1:]
            return f":{self._title}/{name.strip()}", f":{name if bare != title else title}{behind}"
        ups = len(re.match(r"(?:\.\./)+", title)[0]) // 3  # type: ignore[index]
        rest = title[3 * ups :]
        parts = self._title.split("/")
        if len(parts) <= ups:
            return title, ""  # nothing is above the uppermost page
        above = "/".join(parts[:-ups])
        bare = rest.rstrip("/")
        full = f"{above}/{bare.strip()}" if bare.strip() else above
        return f":{full}", f":{bare if rest != bare else full}{behind}"


def _numbers(profile: Profile, project: str) -> dict[str, int]:
    """The names of namespaces, in lower case, with their numbers."""
    return {
        **profile.namespaces,
        **dict.fromkeys(("project", project), PROJECT),
        **dict.fromkeys(profile.category, CATEGORY),
        **dict.fromkeys(profile.file, FILE),
        **dict.fromkeys(profile.special, SPECIAL),
        **dict.fromkeys(profile.user_talk, USER_TALK),
        **dict.fromkeys(profile.user, USER),
    }


def normalise_user(name: str) -> str | None:
    """A user name as MediaWiki stores it; None for what cannot be one.

    The first letter is upper case, underscores are blanks, IPv6 addresses are written out
    and in upper case, IPv4 addresses have no leading zeros.
    """
    name = _clean(cleaned(name).partition("#")[0])
    if not name or ILLEGAL.search(name) or len(name.encode()) > MAX_BYTES:
        return None
    if name.count(":") >= 2:
        try:
            address = ipaddress.IPv6Address(name)
        except ValueError:
            pass
        else:
            groups = address.exploded.upper().split(":")
            return ":".join(group.lstrip("0") or "0" for group in groups)
    if _IPV4.fullmatch(name):
        return ".".join(group.lstrip("0") or "0" for group in name.split("."))
    return capital(name)


def normalise_title(title: str) -> str:
    """A page title with blanks for underscores, one at a time, none at its ends."""
    return _clean(title)


def normalise_fragment(fragment: str) -> str:
    """As `normalise_title`, but for blanks at the ends, which a fragment may have."""
    if fragment.isascii() and "_" not in fragment and "  " not in fragment:
        return fragment  # as most are
    return _BLANKS.sub(" ", _INVISIBLE.sub("", fragment))


def _clean(title: str) -> str:
    return normalise_fragment(title).strip()


def capital(text: str) -> str:
    """With its first letter in upper case, unless that takes two letters (as for “ß”).

    Later versions of MediaWiki take two; Wikimedia's wikis are set up to go on as before.
    """
    first = text[0].upper()
    return first + text[1:] if len(first) == 1 else text


def href(target: Target) -> str:
    """A link's address; that of a page of the same wiki is not resolved: "wiki:Title#fragment"."""
    fragment = "#" + target.fragment.replace(" ", "_") if target.fragment else ""
    if target.address:
        return target.address + fragment
    title = target.title.replace(" ", "_")
    return f"wiki:{title}{fragment}" if title else fragment


def _opening(target: Target) -> str:
    if target.kind == "self" and not target.fragment:
        return "<strong>"  # a page's link to itself leads nowhere
    kind = "user" if target.user else "wiki"
    return link(kind, href(target))
