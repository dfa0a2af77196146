"""Magic words and parser functions: {{PAGENAME}}, {{lc:…}}, {{#if:…}}.

What the page's title and the text itself tell is computed as MediaWiki does; of a choice
that cannot be made here, a reader sees all that could have been chosen.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from threads.wikitext.site.languages import Profile, language_facts

_INNER = re.compile(r"\{\{([^{}|]+)\}\}")
_HIDDEN = frozenset(
    (
        "defaultsort displaytitle noexternallanglinks vardefine vardefineecho seo babel "
        "set subobject arraydefine"
    ).split()
)
_CHOICES = frozenset("if ifeq switch ifexist ifexpr iferror tag gender plural grammar".split())
_ADDRESSES = frozenset("fullurl fullurle localurl localurle canonicalurl canonicalurle".split())
_NUMBERS = {-1: "special", 1: "talk", 2: "user", 3: "user_talk", 6: "file", 14: "category"}


class Magic:
    """The magic words of one page."""

    def __init__(self, profile: Profile, title: str) -> None:
        self._profile = profile
        self._title = title

    def facts(self, name: str) -> Mapping[str, Any] | None:
        """What {{name}} does, in the form of data/templates.json; None where it is a template.

        `name` is all up to the first "|": "PAGENAME", "lc:Lamps", "#if:x".
        """
        word, colon, given = name.partition(":")
        ident = self._ident(word.strip(), function=bool(colon))
        if ident is None:
            return None
        given = self._expanded(given.strip())
        if ident in _HIDDEN:
            return {"effect": "hide"}
        if ident in _CHOICES and colon:
            return {"effect": "wrap", "choose": ident, "given": given}
        if ident in _ADDRESSES and given:
            return {"effect": "link", "to": given, "text": given, "need": ()}
        text = self._text(ident, given)
        return None if text is None else {"effect": "text", "text": text}

    def _ident(self, word: str, *, function: bool) -> str | None:
        """MediaWiki's own name of the magic word that is written so."""
        known = self._profile.magic
        return known.get(word) or (known.get(word.lower() + ":") if function else None)

    def _expanded(self, source: str) -> str:
        """A text with the magic words in it replaced by what they show."""
        if "{{" not in source:
            return source

        def shown(match: re.Match[str]) -> str:
            facts = self.facts(match[1].strip())
            return str(facts["text"]) if facts and facts["effect"] == "text" else match[0]

        return _INNER.sub(shown, source)

    def _text(self, ident: str, given: str) -> str | None:
        """What is shown for a word that stands for a text; None where that cannot be known."""
        make = _WORDS.get(ident)
        if make:
            return make(given)
        if ident in ("contentlanguage", "pagelanguage"):
            return self._profile.language
        if ident == "int":
            return self._profile.messages.get(given.lower(), given)
        if ident in ("ns", "nse"):
            return self._namespace(given)
        title = _TITLES.get(ident.removesuffix("e") if ident not in _TITLES else ident)
        if title is None:
            return None
        text = title(given or self._title)
        return _encoded(text) if ident not in _TITLES else text

    def _namespace(self, given: str) -> str:
        if not re.fullmatch(r"-?\d{1,2}", given) or int(given) not in _NUMBERS:
            return given
        return str(language_facts(self._profile.language)[_NUMBERS[int(given)]][0])


def split_title(title: str) -> tuple[str, str]:
    """A title's namespace, "" for none, and the rest: "Talk:Lamps" is "Talk" and "Lamps"."""
    namespace, colon, rest = title.partition(":")
    return (namespace, rest) if colon and rest and not rest[0].isspace() else ("", title)


def _of_subject(title: str, *, talk: bool) -> str:
    """The page that a talk page is about, or the other way round, by the canonical names."""
    namespace, rest = split_title(title)
    subject = namespace[: -len(" talk")] if namespace.lower().endswith(" talk") else namespace
    subject = "" if subject.lower() == "talk" else subject
    if talk:
        return f"{subject} talk:{rest}" if subject else f"Talk:{rest}"
    return f"{subject}:{rest}" if subject else rest


def _encoded(title: str) -> str:
    return quote(title.replace(" ", "_"), safe="/:@!$*(),;~")


_TITLES: Mapping[str, Callable[[str], str]] = {
    "pagename": lambda title: split_title(title)[1],
    "fullpagename": lambda title: title,
    "namespace": lambda title: split_title(title)[0],
    "basepagename": lambda title: split_title(title)[1].rpartition("/")[0] or split_title(title)[1],
    "subpagename": lambda title: split_title(title)[1].rpartition("/")[2],
    "rootpagename": lambda title: split_title(title)[1].partition("/")[0],
    "talkpagename": lambda title: _of_subject(title, talk=True),
    "subjectpagename": lambda title: _of_subject(title, talk=False),
    "talkspace": lambda title: split_title(_of_subject(title, talk=True))[0],
    "subjectspace": lambda title: split_title(_of_subject(title, talk=False))[0],
}
_WORDS: Mapping[str, Callable[[str], str]] = {
    "!": lambda _: "|",
    "=": lambda _: "=",
    "lc": str.lower,
    "uc": str.upper,
    "lcfirst": lambda given: given[:1].lower() + given[1:],
    "ucfirst": lambda given: given[:1].upper() + given[1:],
    "formatnum": str,
    "urlencode": lambda given: quote(given, safe=""),
    "anchorencode": lambda given: given.replace(" ", "_"),
    "filepath": str,
}
