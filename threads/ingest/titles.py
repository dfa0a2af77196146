"""Page titles as MediaWiki writes them (its manual: Page title)."""

import re
import unicodedata

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.models import TalkPage, Wiki
from threads.wikitext.site.interwiki import keeps_first_letters
from threads.wikitext.site.languages import Profile, UnknownLanguage, profile_for
from threads.wikitext.site.links import TALK, capital, normalise_title, normalise_user

from .errors import BadInput

SHOWN = 80  # characters of a bad title that a message repeats
MAX_BYTES = 255  # of the part after the namespace, in UTF-8
# The namespaces of what is about the wiki: each wiki calls them by its own name.
PROJECT = {
    "project": (4, "Project"),
    "project talk": (5, "Project talk"),
    "wikipedia": (4, "Wikipedia"),
    "wikipedia talk": (5, "Wikipedia talk"),
}

FORBIDDEN = [
    (re.compile(r"[<>\[\]|{}#]"), gettext_lazy("the character “%s”")),
    (
        re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd-\uffff\ud800-\udfff]"),
        gettext_lazy("a control character"),
    ),
    (re.compile(r"~~~+"), gettext_lazy("“%s”")),
    (re.compile(r"%[0-9A-Fa-f]{2}"), gettext_lazy("the escape “%s”")),
    (re.compile(r"&[A-Za-z0-9]+;|&#[0-9]+;"), gettext_lazy("the entity “%s”")),
    (re.compile(r"(?:^|/)\.\.?(?=/|$)"), gettext_lazy("“%s” as a part of its path")),
]


def page_title(given: str, wiki: Wiki) -> str:
    """A title as the wiki writes it: blanks for underscores, first letters in upper case.

    A namespace gets the name that the wiki itself calls it by: “Talk:X”, which every wiki
    understands, is “Diskussion:X” on a German one.
    Raises BadInput for what cannot be a title: missing, too long, or with a character
    that MediaWiki refuses.
    """
    for pattern, what in FORBIDDEN:
        _refuse(pattern, str(what), given)
    namespace, rest = _split(_clean(given), wiki)
    if not rest:
        raise BadInput(
            "title",
            _("The title is missing. Give it in full, as in “Talk:Strategy/Partnerships”."),
        )
    title = _joined(namespace, rest, wiki)
    if len(rest.encode()) > MAX_BYTES or len(title) > _max_length():
        raise BadInput(
            "title",
            _(
                "The title has %(size)s bytes after its namespace; MediaWiki allows %(limit)s. "
                "Copy the title as the wiki shows it."
            )
            % {"size": len(rest.encode()), "limit": MAX_BYTES},
        )
    return title


def check_characters(given: str) -> None:
    """Raises BadInput for control characters: all else the wiki itself says of its titles."""
    pattern, what = FORBIDDEN[1]
    _refuse(pattern, str(what), given)


def _refuse(pattern: re.Pattern[str], what: str, title: str) -> None:
    """Raises BadInput where the pattern is in the title."""
    if found := pattern.search(title):
        raise BadInput(
            "title",
            _(
                "The title has %(thing)s at its character %(at)s, which no page title on a "
                "wiki can have. Copy the title as the wiki shows it."
            )
            % {"thing": what.replace("%s", found[0]), "at": found.start() + 1},
        )


def wikis_title(title: str, wiki: Wiki) -> str:
    """The title that the wiki writes for one that stands in an address; no title is refused."""
    namespace, rest = _split(_clean(title), wiki)
    return _joined(namespace, rest, wiki) if rest else title


def subject_title(title: str, wiki: Wiki) -> str:
    """The page that a talk page discusses: MediaWiki's subject page; "" for what is no talk page.

    In: a title as `page_title` gives it.
    """
    prefix, _colon, rest = title.partition(":")
    number, rest = _number(prefix.strip().lower(), wiki), rest.strip()
    if not rest or (number is not None and (number < 0 or number % 2 == 0)):
        return ""
    if number == TALK:
        return rest
    name = prefix.removesuffix(" talk")
    if number is not None:
        usual = _profile(wiki).namespace_names.get(number - 1)
        name = _own_name(number - 1, wiki) or usual or name
    return f"{name}:{rest}" if name != prefix else ""


def user_name(given: str) -> str:
    """A user's name as wikis write it: blanks for underscores, its first letter in upper case.

    Raises BadInput for what no wiki's user can be called.
    """
    name = normalise_user(unicodedata.normalize("NFC", given))
    if name is None:
        raise BadInput(
            "author",
            _(
                "“%(name)s” cannot be a user's name: it is too long, or has a character that no "
                "wiki allows there. Copy the name as the wiki shows it."
            )
            % {"name": _harmless(given)},
        )
    return name


def namespace_number(title: str, wiki: Wiki) -> int:
    """MediaWiki's number of the namespace that a title of the wiki names; 0 where it names none."""
    prefix, colon, _rest = _clean(title).partition(":")
    return (_number(prefix.strip().lower(), wiki) or 0) if colon else 0


def given_title(given: str) -> str:
    """A title that the wiki itself gives: taken as it is, underscores as blanks.

    Raises BadInput for what no title can be, so that nothing hostile gets further.
    """
    title = given.replace("_", " ").strip()
    control = FORBIDDEN[1][0].search(title)
    if not title or control or len(title) > _max_length():
        what = _("a control character") if control else _("%s characters") % len(title)
        raise BadInput(
            "title",
            _("“%(title)s” has %(what)s: no page can be called so. Rename it on the wiki.")
            % {"title": _harmless(title), "what": what},
        )
    return title


def named_title(given: str) -> str:
    """The same, or for what no title can be something that a record may name it by."""
    try:
        return given_title(given)
    except BadInput:
        return _harmless(given)


def _harmless(text: str) -> str:
    return Truncator(FORBIDDEN[1][0].sub("\ufffd", text)).chars(SHOWN) or "?"


def _clean(title: str) -> str:
    return normalise_title(unicodedata.normalize("NFC", title)).lstrip(": ")


def _split(title: str, wiki: Wiki) -> tuple[str, str]:
    """The namespace as the wiki calls it, "" where there is none; and the rest."""
    prefix, colon, rest = title.partition(":")
    name = _namespace(prefix.strip().lower(), wiki) if colon else None
    return (name, rest.strip()) if name else ("", title)


def _namespace(name: str, wiki: Wiki) -> str | None:
    """What the wiki calls the namespace that has this name, in small letters."""
    number = _number(name, wiki)
    if number is None:
        return None
    own = _own_name(number, wiki)
    return own or PROJECT.get(name, (0, ""))[1] or _profile(wiki).namespace_names[number]


def _own_name(number: int, wiki: Wiki) -> str | None:
    name: str | None = wiki.namespaces.get(str(number), {}).get("name")
    return name


def _number(name: str, wiki: Wiki) -> int | None:
    """MediaWiki's number of the namespace that has this name, in small letters."""
    for number, facts in wiki.namespaces.items():
        names = [facts["name"], *facts.get("aliases", ())]
        if name in (each.lower() for each in names if each):
            return int(number)
    return PROJECT[name][0] if name in PROJECT else _profile(wiki).namespaces.get(name)


def _profile(wiki: Wiki) -> Profile:
    try:
        return profile_for(wiki.language)
    except UnknownLanguage:
        return profile_for()


def _joined(namespace: str, rest: str, wiki: Wiki) -> str:
    if rest and not keeps_first_letters(wiki.known_as):
        rest = capital(rest)
    return f"{namespace}:{rest}" if namespace else rest


def _max_length() -> int:
    return TalkPage._meta.get_field("title").max_length or MAX_BYTES
