"""Page titles as MediaWiki writes them (its manual: Page title)."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.models import TalkPage, Wiki
from threads.wikitext.interwiki import keeps_first_letters
from threads.wikitext.languages import UnknownLanguage, language_facts
from threads.wikitext.links import normalise_title

from .errors import BadInput

SHOWN = 80  # characters of a bad title that a message repeats
MAX_BYTES = 255  # of the part after the namespace, in UTF-8
# Namespaces by their English names, which every wiki understands.
SUBJECTS = ("User", "Project", "File", "MediaWiki", "Template", "Help", "Category", "Wikipedia")
NAMESPACES = ("Talk", "Special", "Media", *SUBJECTS, *(f"{name} talk" for name in SUBJECTS))

FORBIDDEN = [
    (re.compile(r"[<>\[\]|{}#]"), gettext_lazy("the character “%s”")),
    (re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff]"), gettext_lazy("a control character")),
    (re.compile(r"~~~+"), gettext_lazy("“%s”")),
    (re.compile(r"%[0-9A-Fa-f]{2}"), gettext_lazy("the escape “%s”")),
    (re.compile(r"&[A-Za-z0-9]+;|&#[0-9]+;"), gettext_lazy("the entity “%s”")),
    (re.compile(r"(?:^|/)\.\.?(?=/|$)"), gettext_lazy("“%s” as a part of its path")),
]


def page_title(given: str, wiki: Wiki) -> str:
    """A title as the wiki writes it: blanks for underscores, first letters in upper case.

    Raises BadInput for what cannot be a title: missing, too long, or with a character
    that MediaWiki refuses.
    """
    for pattern, what in FORBIDDEN:
        if found := pattern.search(given):
            thing = str(what).replace("%s", found[0])
            raise BadInput(
                "title",
                _(
                    "The title has %(thing)s at its character %(at)s, which no page title on a "
                    "wiki can have. Copy the title as the wiki shows it."
                )
                % {"thing": thing, "at": found.start() + 1},
            )
    title = normalise_title(unicodedata.normalize("NFC", given)).lstrip(": ")
    namespace, rest = _split(title, _namespaces(wiki))
    if not rest:
        raise BadInput(
            "title",
            _("The title is missing. Give it in full, as in “Talk:Strategy/Partnerships”."),
        )
    if len(rest.encode()) > MAX_BYTES or len(title) > _max_length():
        raise BadInput(
            "title",
            _(
                "The title has %(size)s bytes after its namespace; MediaWiki allows %(limit)s. "
                "Copy the title as the wiki shows it."
            )
            % {"size": len(rest.encode()), "limit": MAX_BYTES},
        )
    if not keeps_first_letters(wiki.dbname):
        rest = _capital(rest)
    return f"{namespace}:{rest}" if namespace else rest


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


def _split(title: str, namespaces: Iterable[str]) -> tuple[str, str]:
    """The namespace as it is written properly, "" where there is none; and the rest."""
    prefix, colon, rest = title.partition(":")
    proper = {name.lower(): name for name in namespaces}
    if colon and (name := proper.get(prefix.strip().lower())):
        return name, rest.strip()
    return "", title


def _namespaces(wiki: Wiki) -> list[str]:
    try:
        facts = language_facts(wiki.language)
    except UnknownLanguage:
        facts = {}
    own = [name for field in ("talk", "user", "user_talk") for name in facts.get(field, ())]
    return [*NAMESPACES, *own]


def _capital(text: str) -> str:
    """With its first letter in upper case, unless that takes two letters (as for “ß”)."""
    first = text[0].upper()
    return first + text[1:] if len(first) == 1 else text


def _max_length() -> int:
    return TalkPage._meta.get_field("title").max_length or MAX_BYTES
