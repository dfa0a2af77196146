"""Templates: what each does to a discussion, by the table data/templates.json.

A template's text is not at hand, only its name and arguments. What is not in the table is
shown as a chip with its arguments, and read as if it showed them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from .languages import Profile
from .links import Links, link_html
from .nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    OPEN,
    SEPARATOR,
    STATE,
    TEXT,
    Node,
)
from .tags import Tag

# Magic words and parser functions that show nothing.
_HIDDEN_WORDS = re.compile(
    r"(?:DEFAULTSORT|DISPLAYTITLE|#(?:if|ifeq|switch|ifexist|ifexpr|invoke|tag|vardefine|babel|"
    r"seo|set|time|expr)|NOEXTERNALLANGLINKS|NAMESPACE|TALKPAGENAME)\b"
)
_TIME = re.compile(r"\d\d?[:.h]\d\d\b.*\s|\s.*\d\d?[:.h]\d\d\b")
UNKNOWN: Mapping[str, Any] = {"effect": "show"}
# These show the arguments that they are given, in the flow of the page.
SHOWING = frozenset(["show", "wrap", "block", "quote", "settled", "closed", "fold"])
# These are blocks, even on one line.
BLOCKS = frozenset(["block", "settled", "closed", "fold"])


@dataclass(slots=True)
class Call:
    """One use of a template: what it does, and where its arguments' values stand."""

    name: str
    facts: Mapping[str, Any]
    start: int
    end: int = 0
    arguments: list[tuple[str, int, int]] = field(default_factory=list)  # (key or "", start, end)

    @property
    def effect(self) -> str:
        return str(self.facts["effect"])

    def keyed(self) -> dict[str, tuple[int, int]]:
        """Where each argument's value stands, by its key; the unnamed ones are numbered."""
        spans: dict[str, tuple[int, int]] = {}
        number = 0
        for key, start, end in self.arguments:
            if not key:
                number += 1
            spans[key or str(number)] = start, end
        return spans

    def span(self, keys: str | Iterable[str], text: str) -> tuple[int, int] | None:
        """The first of these arguments that is there and not empty."""
        spans = self.keyed()
        for key in [keys] if isinstance(keys, str) else keys:
            if key in spans and not text[slice(*spans[key])].isspace() and _filled(spans[key]):
                return spans[key]
        return None

    def value(self, keys: str | Iterable[str], text: str) -> str:
        """The text of that argument, trimmed; "" where there is none."""
        span = self.span(keys, text)
        return text[slice(*span)].strip() if span else ""

    def positional(self, text: str) -> list[str]:
        """The values of the unnamed and numbered arguments, trimmed, empty ones left out."""
        values = [text[a:b].strip() for key, a, b in self.arguments if not key or key.isdigit()]
        return [value for value in values if value]

    def shown(self, text: str) -> list[tuple[int, int]]:
        """Where the arguments stand that a reader sees."""
        if self.effect not in ("closed", "fold"):
            return [(start, end) for _, start, end in self.arguments]
        keys = [
            self.facts[part] for part in ("title", "status", "result", "body") if part in self.facts
        ]
        spans = [self.span(part, text) for part in keys]
        return list(dict.fromkeys(span for span in spans if span))


def _filled(span: tuple[int, int]) -> bool:
    return span[0] < span[1]


class Templates:
    """What the templates on one page are and show."""

    def __init__(self, text: str, profile: Profile, links: Links) -> None:
        self._text = text
        self._profile = profile
        self._links = links
        self._prefixes = tuple(word.lower() for word in (*profile.words["substitute"], "template:"))

    def call(self, source: str, start: int) -> Call:
        """The use of a template whose name, as it stands between the braces, is `source`."""
        name = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL).strip()
        if _HIDDEN_WORDS.match(name):
            return Call(name, {"effect": "hide"}, start)
        for prefix in self._prefixes:
            if name.lower().startswith(prefix):
                name = name[len(prefix) :].strip()
        if "/" in name and self._links.user_of_title(name.partition("/")[0]):
            return Call(name, {"effect": "signer"}, start)
        key = " ".join(name.replace("_", " ").split()).lower()
        return Call(name, self._profile.templates.get(key, UNKNOWN), start)

    def dress(self, call: Call) -> tuple[str, str]:
        """How its arguments are shown: the opening tag, and what kind of thing it is."""
        if call.effect == "quote":
            return '<span class="quote">', "q"
        if call.effect == "show":
            return f'<span class="template" title="{{{{{escape(call.name)}}}}}">', "template"
        return "<span>", "wrap"

    def nodes(self, call: Call) -> list[Node]:
        """What a template shows that does not just show its arguments."""
        make = {
            "mention": self._mention,
            "sign": self._signature,
            "word": self._word,
            "code": self._code,
            "aside": self._aside,
            "show": self._bare,
            "signer": self._signer,
        }.get(call.effect)
        if make:
            return make(call)
        at = call.start, call.end
        match call.effect:
            case "outdent":
                return [Node(SEPARATOR, *at, "", "", "outdent")]
            case "break":
                return [Node(BLOCK_OPEN, *at, "", "<p>", Tag("p", False, False, {}))]
            case "quote top":
                tag = Tag("blockquote", False, False, {})
                return [Node(BLOCK_OPEN, *at, "", tag.html, tag)]
            case "quote end":
                tag = Tag("blockquote", True, False, {})
                return [Node(BLOCK_CLOSE, *at, "", tag.html, tag)]
            case "closed end" | "fold end":
                return [Node(STATE, *at, "", "", call)]
        return []

    def _text_node(self, call: Call, text: str) -> Node:
        return Node(TEXT, call.start, call.end, text, "", "literal")

    def _linked(self, call: Call, user: str, kind: str) -> list[Node]:
        target = self._links.target(f"User:{user}")
        shown = self._text_node(call, user)
        if target is None:
            return [shown]
        at = call.start, call.end
        return [
            Node(OPEN, *at, "", link_html(target), kind, target.user),
            shown,
            Node(CLOSE, *at, "", "</a>", kind),
        ]

    def _mention(self, call: Call) -> list[Node]:
        users = call.positional(self._text) or [call.name]
        before, after = call.facts.get("before", "@"), call.facts.get("after", ":")
        nodes = []
        for number, user in enumerate(users):
            lead = before if number == 0 else ", "
            if lead:
                nodes.append(self._text_node(call, lead))
            nodes += self._linked(call, user, "mention")
        if after:
            nodes.append(self._text_node(call, after))
        return nodes

    def _signature(self, call: Call) -> list[Node]:
        """A link to the user and the time, as the template would show them."""
        user = call.value(call.facts["user"], self._text)
        time = call.value(call.facts["time"], self._text)
        if _TIME.search(user) and not _TIME.search(time):
            user, time = time, user  # English {{unsigned}} takes them in either order
        if time and call.facts.get("zone") is False:
            time = f"{time} ({next(iter(self._profile.zones))})"
        nodes = [self._text_node(call, "— ")]
        if user:
            nodes += self._linked(call, user, "a")
        return [*nodes, self._text_node(call, f" {time}")]

    def _word(self, call: Call) -> list[Node]:
        shown = call.value(call.facts.get("instead", ()), self._text) or call.facts["word"]
        return self._chip(call, str(shown))

    def _code(self, call: Call) -> list[Node]:
        name = "|".join(call.positional(self._text))
        at = call.start, call.end
        return [
            Node(OPEN, *at, "", "<code>", "code"),
            self._text_node(call, f"{{{{{name}}}}}"),
            Node(CLOSE, *at, "", "</code>", "code"),
        ]

    def _aside(self, call: Call) -> list[Node]:
        nodes = self._chip(call, " ".join(call.positional(self._text)) or call.name)
        nodes[0].info = nodes[-1].info = "aside"
        return nodes

    def _bare(self, call: Call) -> list[Node]:
        """A template without arguments: its name."""
        return self._chip(call, call.name)

    def _signer(self, call: Call) -> list[Node]:
        """A signature page, {{User:A/Signature}}: the user whose it is."""
        user = call.name.partition("/")[0].partition(":")[2]
        return self._linked(call, user.strip(), "a")

    def _chip(self, call: Call, text: str) -> list[Node]:
        at = call.start, call.end
        markup = f'<span class="template" title="{{{{{escape(call.name)}}}}}">'
        return [
            Node(OPEN, *at, "", markup, "template"),
            self._text_node(call, text),
            Node(CLOSE, *at, "", "</span>", "template"),
        ]
