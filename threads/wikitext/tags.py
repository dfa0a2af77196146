"""HTML tags in wikitext: which of them there are, and what each does to the flow."""

import html
import re
from dataclasses import dataclass

# Tags that MediaWiki lets through (Sanitizer), and that we show.
INLINE = frozenset(
    (
        "abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rb rp rt rtc ruby s "
        "samp small span strike strong sub sup time tt u var"
    ).split()
)
# Tags at which a paragraph ends: DiscussionTools' list of block elements.
BLOCK = frozenset(
    (
        "blockquote caption center col colgroup dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 "
        "hr li ol p pre section table tbody td tfoot th thead tr ul"
    ).split()
)
VOID = frozenset(["br", "hr", "wbr", "col", "img"])
# Extension tags by what becomes of their content.
LITERAL = frozenset(["nowiki"])
LITERAL_BLOCK = frozenset(
    "pre syntaxhighlight source poem gallery imagemap timeline score inputbox".split()
)
LITERAL_INLINE = frozenset(["math", "chem", "hiero", "charinsert"])
HIDDEN = frozenset(
    (
        "templatedata categorytree graph mapframe maplink templatestyles ref references section "
        "includeonly"
    ).split()
)
EXTENSION = LITERAL | LITERAL_BLOCK | LITERAL_INLINE | HIDDEN
TRANSPARENT = frozenset(["noinclude", "onlyinclude", "translate", "tvar", "languages"])
KNOWN = INLINE | BLOCK | VOID | EXTENSION | TRANSPARENT


def any_of(names: frozenset[str]) -> str:
    """A regular expression for any of these names."""
    return "|".join(sorted(names, key=len, reverse=True))


# What may stand in a tag behind its name: as much as MediaWiki's Sanitizer would read.
ATTRIBUTES = r"[^<>]*"
TAG = re.compile(rf"<(/?)({any_of(KNOWN)})(?=[\s/>])({ATTRIBUTES})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_PLAIN = {
    (closing, name): f"<{'/' * closing}{name}>" for name in KNOWN for closing in (False, True)
}
_KEPT = frozenset(
    (
        "align class color colspan datetime dir height lang rowspan scope size start style "
        "title type valign value width"
    ).split()
)


# Classes of the boxes that archiving templates leave when they are substituted.
_CLOSED_CLASSES = re.compile(
    r"\b(?:boilerplate|archivetop|mw-archivedtalk|[a-z]fd-closed|rfc-closed|closed-discussion)\b"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as it stands in the text."""

    name: str  # lower case
    closing: bool
    selfclosing: bool
    attributes: dict[str, str]

    @property
    def html(self) -> str:
        """As HTML, with harmless attributes; the allowlist has the last word."""
        if self.closing or not self.attributes:
            return _PLAIN[self.closing, self.name]
        kept = "".join(
            f' {name}="{html.escape(value)}"'
            for name, value in self.attributes.items()
            if name in _KEPT
        )
        return f"<{self.name}{kept}>"


def read_tag(source: str) -> Tag | None:
    """The tag that the text is; None where it is none that MediaWiki knows."""
    match = TAG.fullmatch(source)
    if match is None:
        return None
    slash, name, rest = match.groups()
    return Tag(name.lower(), bool(slash), rest.rstrip().endswith("/"), attributes(rest))


def attributes(source: str) -> dict[str, str]:
    """The attributes in a tag or a table mark, names in lower case, values unescaped."""
    if not source or source.isspace():
        return {}
    return {
        name.lower(): html.unescape(double or single or bare or "")
        for name, double, single, bare in _ATTRIBUTE.findall(source)
    }


def is_closed_box(tag: Tag) -> bool:
    """Whether a tag begins the box of a closed discussion."""
    return bool(_CLOSED_CLASSES.search(tag.attributes.get("class", "")))
