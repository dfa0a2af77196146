"""HTML tags in wikitext: which of them there are, and what each does to the flow."""

import re
from dataclasses import dataclass
from html import escape

from .alternatives import any_of
from .entities import unescape
from .styles import classes

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
VOID = frozenset(["br", "hr", "wbr", "col"])
# Extension tags, whose content is not read with the text around it; see extensions.py.
EXTENSION = frozenset(
    (
        "categorytree ce charinsert chem gallery graph hiero imagemap includeonly indicator "
        "inputbox mapframe maplink math nowiki poem pre ref references score section source "
        "syntaxhighlight templatedata templatestyles timeline"
    ).split()
)
TRANSPARENT = frozenset(["noinclude", "onlyinclude", "translate", "tvar", "languages"])
KNOWN = INLINE | BLOCK | VOID | EXTENSION | TRANSPARENT


# What may stand in a tag behind its name: as much as MediaWiki's Sanitizer would read.
ATTRIBUTES = r"[^<>]*"
TAG = re.compile(rf"<(/?)({any_of(KNOWN)})(?=[\s/>])({ATTRIBUTES})>", re.IGNORECASE)
_NAME = re.compile(r"<(\w+)")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
# What HTML no longer has, as what it stands for: (name, class).
_MODERN = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ("div", "bold")),
    "big": ("span", "large"),
    "center": ("div", "center"),
    "font": ("span", ""),
    "strike": ("s", ""),
    "tt": ("span", "mono"),
}
# Attributes that are kept, and which values of them.
_NUMBER = re.compile(r"-?\d{1,4}")
_KEPT = {
    "colspan": _NUMBER,
    "datetime": re.compile(r"[\w:+. -]{1,40}"),
    "dir": re.compile("ltr|rtl|auto", re.IGNORECASE),
    "lang": re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE),
    "rowspan": _NUMBER,
    "scope": re.compile("(?:row|col)(?:group)?", re.IGNORECASE),
    "start": _NUMBER,
    "title": re.compile(".*", re.DOTALL),
    "type": re.compile("[1aAiI]"),
    "value": _NUMBER,
}


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
        """As HTML of today, with harmless attributes; the allowlist has the last word."""
        name, look = _MODERN.get(self.name, (self.name, ""))
        if self.closing:
            return f"</{name}>"
        if not self.attributes:
            return f'<{name} class="{look}">' if look else f"<{name}>"
        kept = {
            key: value
            for key, value in self.attributes.items()
            if key in _KEPT and _KEPT[key].fullmatch(value)
        }
        looks = classes(self.name, self.attributes)
        if look or looks:
            kept["class"] = " ".join([look, *looks] if look else looks)
        written = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
        return f"<{name}{written}>"


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
        name.lower(): unescape(double or single or bare or "")
        for name, double, single, bare in _ATTRIBUTE.findall(source)
    }


def is_closed_box(tag: Tag) -> bool:
    """Whether a tag begins the box of a closed discussion."""
    return bool(_CLOSED_CLASSES.search(tag.attributes.get("class", "")))


def end_of(markup: str) -> str:
    """The closing tag for what begins with an opening one."""
    return f"</{_NAME.match(markup)[1]}>"  # type: ignore[index]
