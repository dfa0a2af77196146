"""Titles and names that come in, checked: what no page and no user of a wiki can be called."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.models import TalkPage, Wiki
from threads.wikitext.site.links import MAX_BYTES, normalise_user
from threads.wikitext.site.titles import split_namespace, with_namespace

from .characters import REPLACEMENT, UNPRINTABLE, one_line
from .errors import BadInput

SHOWN = 80  # characters of a bad title that a message repeats
FORBIDDEN = [
    (re.compile(r"[<>\[\]|{}#]"), gettext_lazy("the character “%s”")),
    (
        re.compile(rf"[{UNPRINTABLE}{REPLACEMENT}]"),
        gettext_lazy("a control character"),
    ),
    (re.compile(r"~~~+"), gettext_lazy("“%s”")),
    (re.compile(r"%[0-9A-Fa-f]{2}"), gettext_lazy("the escape “%s”")),
    (re.compile(r"&[A-Za-z0-9]+;|&#[0-9]+;"), gettext_lazy("the entity “%s”")),
    (re.compile(r"(?:^|/)\.\.?(?=/|$)"), gettext_lazy("“%s” as part of the path")),
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
    namespace, rest = split_namespace(given, wiki)
    if not rest:
        raise BadInput(
            "title",
            _("Enter the full page title, for example “Talk:Strategy/Partnerships”."),
        )
    title = with_namespace(namespace, rest, wiki)
    if len(rest.encode()) > MAX_BYTES or len(title) > _max_length():
        raise BadInput(
            "title",
            _(
                "The title is too long (%(size)s bytes without the namespace; the limit is "
                "%(limit)s). Copy the title from the wiki."
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
            _("Invalid title: %(thing)s at position %(at)s. Copy the title from the wiki.")
            % {"thing": what.replace("%s", found[0]), "at": found.start() + 1},
        )


def user_name(given: str) -> str:
    """A user's name as wikis write it: blanks for underscores, its first letter in upper case.

    Raises BadInput for what no wiki's user can be called.
    """
    name = normalise_user(unicodedata.normalize("NFC", given))
    if name is None:
        raise BadInput(
            "author",
            _(
                "“%(name)s” is not a valid user name. It is too long or contains an invalid "
                "character. Copy the name from the wiki."
            )
            % {"name": _harmless(given)},
        )
    return name


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
            _("Invalid title “%(title)s”: contains %(what)s. Rename the page on the wiki.")
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
    return one_line(text, SHOWN) or "?"


def _max_length() -> int:
    return TalkPage._meta.get_field("title").max_length or MAX_BYTES
