"""What templates show that do not just show their arguments: mentions, words, links, signatures."""

import re
from collections.abc import Callable
from html import escape

from threads.wikitext.flow import anchors
from threads.wikitext.flow.calls import BOXES, WORD_ARGUMENT, Call
from threads.wikitext.flow.nodes import (
    ANCHOR,
    ASIDE,
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    CODE,
    LINK,
    LITERAL,
    MENTION,
    OPEN,
    OUTDENT,
    QUOTATION,
    SEPARATOR,
    STATE,
    TEMPLATE,
    TEXT,
    WRAP,
    Info,
    InlineKind,
    Kind,
    Node,
)
from threads.wikitext.markup.entities import unescape
from threads.wikitext.markup.icons import place_of
from threads.wikitext.markup.styles import classes
from threads.wikitext.markup.tags import Tag, end_of
from threads.wikitext.site.languages import Profile
from threads.wikitext.site.links import Links, Target, href, normalise_user

from .signing import is_time, signer_and_time

_ARGUMENT = re.compile(r"\{([^{}]+)\}")
_MARKUP = re.compile(
    r"<!--.*?-->|<[^<>]*>|\[\[(?:[^\[\]|]*\|)?|\]\]|\[(?:https?:)?//\S+ ?|\]|'''?", re.DOTALL
)
# A link to a user's page, or the title of the contributions, in place of a user's name.
_PAGE = re.compile(r"(?:\[\[[\s:]*|^(?=[^\[]*/))([^\[\]|:]+:[^\[\]|]+)(?:\||\]\]|$)")
# What an inline element is like where it would hold blocks.
_LOOKS = {
    "small": "small",
    "big": "large",
    "s": "struck",
    "b": "bold",
    "strong": "bold",
    "em": "italic",
    "i": "italic",
    "u": "underline",
    "code": "mono",
    "kbd": "mono",
    "span": "",
}


class Effects:
    """Makes what the templates of one page show."""

    def __init__(self, text: str, profile: Profile, links: Links) -> None:
        self._text = text
        self._profile = profile
        self._links = links

    def nodes(self, call: Call) -> list[Node]:
        """What a template shows in place of its arguments; nothing where it hides them."""
        make = _MAKERS.get(call.effect)
        return make(self, call) if make else []

    def dress(self, call: Call) -> tuple[str, InlineKind]:
        """How its arguments are shown: the opening tag, and what kind of thing it is."""
        facts, block = call.facts, call.stands_alone(self._text)
        plain = "div" if block else "span"
        if call.effect == "quote":
            return ("<blockquote>" if block else '<span class="quote">'), QUOTATION
        if call.effect == "show":
            name = escape(call.name)
            return f'<{plain} class="template"><span class="name">{name}</span> ', TEMPLATE
        if call.effect in BOXES:
            return f'<div class="{"closed" if call.holds_all else "label"}">', WRAP
        tag = facts.get("tag", plain)
        given = {name: self._value(call, key) for name, key in facts.get("attributes", {}).items()}
        looks = [*facts.get("class", "").split(), *classes("font", given)]
        if block and tag in _LOOKS:
            tag, looks = "div", [*looks, _LOOKS[tag]]
        kept = {name: value for name, value in given.items() if name in ("lang", "title") and value}
        if looks:
            kept["class"] = " ".join(looks)
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        return f"<{tag}{attributes}>", WRAP

    # What all of them are made of

    def _value(self, call: Call, keys: str | list[str]) -> str:
        """The argument's text without its markup."""
        value = call.value(keys, self._text)
        return unescape(_MARKUP.sub("", value)).strip() if value else ""

    def _filled(self, call: Call, pattern: str) -> str:
        """A pattern of the table with its arguments put in: "Special:Diff/{2|diff}"."""
        strip = call.facts.get("strip", "")
        return _ARGUMENT.sub(
            lambda match: self._value(call, match[1].split("|")).removeprefix(strip), pattern
        )

    def _node(self, kind: Kind, call: Call, *, info: Info = None, markup: str = "") -> Node:
        return Node(kind, call.start, call.end, "", markup, info)

    def _block(self, kind: Kind, call: Call, name: str) -> list[Node]:
        tag = Tag(name, kind is BLOCK_CLOSE, False, {})
        return [self._node(kind, call, info=tag, markup=tag.html)]

    def _text_node(self, call: Call, text: str) -> Node:
        return Node(TEXT, call.start, call.end, text, "", LITERAL)

    def _texts(self, call: Call, text: str) -> list[Node]:
        return [self._text_node(call, text)] if text else []

    def _within(self, call: Call, markup: str, kind: InlineKind, inner: list[Node]) -> list[Node]:
        """Nodes in an element: `markup` is its opening tag, and what stands right behind it."""
        end = self._node(CLOSE, call, info=kind, markup=end_of(markup))
        return [self._node(OPEN, call, info=kind, markup=markup), *inner, end]

    def _linked(self, call: Call, user: str, kind: InlineKind, shown: str = "") -> list[Node]:
        return self._to_page(call, f"User:{user}", shown or user, kind)

    def _to_page(self, call: Call, title: str, shown: str, kind: InlineKind) -> list[Node]:
        target = self._links.target(title)
        text = self._text_node(call, shown)
        if target is None:
            return [text]
        nodes = self._within(call, self._links.opening(target), kind, [text])
        nodes[0].user = target.user
        return nodes

    # The effects

    def _mention(self, call: Call) -> list[Node]:
        facts = call.facts
        users = call.positional(self._text) or [call.name]
        label = self._value(call, facts.get("label", ()))
        if label and facts.get("label") == "2":
            users = users[:1]
        nodes = []
        for number, user in enumerate(users):
            nodes += self._texts(call, facts.get("before", "@") if number == 0 else ", ")
            name = normalise_user(user) or user
            nodes += self._linked(call, name, MENTION, label if number == 0 else "")
        for name, word in facts.get("links", {}).items():
            first = name == next(iter(facts["links"]))
            nodes += self._texts(call, " (" if first else " · ")
            title = f"{name}:{users[0]}" if name == "User talk" else f"{name}/{users[0]}"
            nodes += self._to_page(call, title, word, MENTION)
        nodes += self._texts(call, ")" if facts.get("links") else "")
        return [*nodes, *self._texts(call, facts.get("after", ":"))]

    def _signature(self, call: Call) -> list[Node]:
        """A link to the user and the time, as the template would show them."""
        facts = call.facts
        user, time = signer_and_time(call, self._text)
        if found := _PAGE.search(user):
            user = self._links.user_of_title(found[1]) or user
        if not time:
            if not user:
                return self._unsigned(call)
            linked = self._linked(call, normalise_user(user) or user, LINK)
            before, after = facts.get("before", "— "), facts.get("after", "")
            return [*self._texts(call, before), *linked, *self._texts(call, after)]
        if facts.get("zone") is False:
            time = f"{time} ({next(iter(self._profile.zones))})"
        nodes = self._texts(call, "— ")
        if user:
            nodes += self._linked(call, user, LINK)
        return [*nodes, self._text_node(call, f" {time}")]

    def _unsigned(self, call: Call) -> list[Node]:
        """That somebody has not signed, whoever it is."""
        nodes = self._bare(call)
        nodes[0].user = ""
        return nodes

    def _signer(self, call: Call) -> list[Node]:
        """A signature page, {{User:A/Signature}}: the user whose it is, and a time given to it."""
        user = call.name.partition("/")[0].partition(":")[2]
        time = self._value(call, "1")
        shown = self._texts(call, f" {time}" if is_time(time) else "")
        return [*self._linked(call, user.strip(), LINK), *shown]

    def word(self, call: Call, shown: str) -> list[Node]:
        """A word with the template's icon."""
        markup = f'<span class="word">{place_of(call.facts.get("icon", ""))}'
        return self._within(call, markup, TEMPLATE, self._texts(call, shown))

    def _word(self, call: Call) -> list[Node]:
        shown = self._value(call, call.facts.get("instead", WORD_ARGUMENT))
        return self.word(call, shown or str(call.facts["word"]))

    def _plain(self, call: Call) -> list[Node]:
        return self._texts(call, self._filled(call, call.facts["text"]))

    def _code(self, call: Call) -> list[Node]:
        """{{tl|name|argument}}: how a template is called, with a link to it."""
        facts = call.facts
        name, *others = [
            self._value(call, str(number)) or given
            for number, given in enumerate(call.positional(self._text), 1)
        ] or [""]
        between = facts.get("between", "|")
        rest = "".join(between + other for other in others)
        space = facts.get("space", "Template:")
        shown = self._texts(call, name)
        if name and space is not None:
            shown = self._to_page(call, f"{space}{name}", name, CODE)
        inner = [
            *self._texts(call, facts.get("before", "{{")),
            *shown,
            *self._texts(call, rest + facts.get("after", "}}")),
        ]
        return self._within(call, "<code>", CODE, inner)

    def _link(self, call: Call) -> list[Node]:
        facts = call.facts
        to = self._filled(call, facts["to"]).replace("//", "/")  # an argument was not given
        shown = self._value(call, facts.get("label", ())) or self._filled(call, facts["text"])
        need = facts.get("need", "1")
        if not to or (need and not self._value(call, need)):
            return self._bare(call)
        before, after = (self._texts(call, facts.get(side, "")) for side in ("before", "after"))
        return [*before, *self._to_page(call, to, shown, LINK), *after]

    def _anchor(self, call: Call) -> list[Node]:
        """Places to link to, with nothing to see."""
        names = [unescape(_MARKUP.sub("", name)) for name in call.positional(self._text)]
        nodes: list[Node] = []
        for name in names:
            ident = href(Target("", name, "self"))[1:]
            nodes += self._within(call, anchors.place(escape(ident)), ANCHOR, [])
        return nodes

    def _aside(self, call: Call) -> list[Node]:
        shown = self._filled(call, call.facts["text"]) if "text" in call.facts else ""
        shown = shown or " ".join(call.positional(self._text)) or call.name
        return self._within(call, '<span class="template">', ASIDE, self._texts(call, shown))

    def _bare(self, call: Call) -> list[Node]:
        """A template without arguments: its name."""
        markup = '<span class="template">'
        return self._within(call, markup, TEMPLATE, self._texts(call, call.name))

    def _outdent(self, call: Call) -> list[Node]:
        return [self._node(SEPARATOR, call, info=OUTDENT)]

    def _state(self, call: Call) -> list[Node]:
        """The end of what another template began to close or to fold."""
        return [self._node(STATE, call, info=call)]


_MAKERS: dict[str, Callable[[Effects, Call], list[Node]]] = {
    "mention": Effects._mention,
    "sign": Effects._signature,
    "signer": Effects._signer,
    "word": Effects._word,
    "text": Effects._plain,
    "code": Effects._code,
    "link": Effects._link,
    "anchor": Effects._anchor,
    "aside": Effects._aside,
    "show": Effects._bare,
    "outdent": Effects._outdent,
    "break": lambda effects, call: effects._block(BLOCK_OPEN, call, "p"),
    "quote top": lambda effects, call: effects._block(BLOCK_OPEN, call, "blockquote"),
    "quote end": lambda effects, call: effects._block(BLOCK_CLOSE, call, "blockquote"),
    "closed end": Effects._state,
    "fold end": Effects._state,
}
