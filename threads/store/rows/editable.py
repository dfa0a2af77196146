"""A page whose items are being set right; their spans stay a partition of its wikitext."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from threads.models import RepairFailure, TalkPage
from threads.models.discussion.comments import comment_identity, single_spaced
from threads.wikitext.fragment import RenderedFragment, render_fragment
from threads.wikitext.model import (
    Box,
    Closure,
    Comment,
    Decision,
    Item,
    ParsedPage,
    Signature,
    Unsigned,
)

from .reading import parse_options

Why = RepairFailure.Why
_DASHES = re.compile(r"[-–—−‒―~\s]+\Z")  # what parts a text from its signature


class RepairFailed(Exception):
    """What a repair is about is not on the page, or not so that it can be done."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class EditablePage:
    """A page whose items are being set right."""

    items: list[Item]  # in document order
    boxes: list[Box]
    closures: list[Closure]
    decisions: list[Decision]
    moved: set[str]  # ids of those that stand where their parents do
    wikitext: str
    timezone: str
    render: Callable[[str], RenderedFragment]

    @classmethod
    def of(cls, page: TalkPage, parsed: ParsedPage, text: str) -> Self:
        """What was read from a page's wikitext."""
        wiki = page.wiki

        def render(wikitext: str) -> RenderedFragment:
            return render_fragment(wikitext, title=parsed.title, **parse_options(wiki))

        return cls(
            list(parsed.items),
            list(parsed.boxes),
            list(parsed.closures),
            list(parsed.decisions),
            set(),
            text,
            wiki.timezone,
            render,
        )

    def comment(self, ident: str, name: str = "") -> Comment:
        """The comment with this id, else the only one with this name. Raises RepairFailed."""
        comments = [item for item in self.items if isinstance(item, Comment)]
        found = [item for item in comments if item.id == ident]
        found = found or [item for item in comments if name and item.name == name]
        if len(found) != 1:
            raise RepairFailed(Why.COMMENTS if found else Why.COMMENT)
        return found[0]

    def names(self) -> set[str]:
        """Those of its comments."""
        return {item.name for item in self.items if isinstance(item, Comment)}

    def has(self, name: str, text: str) -> bool:
        """Whether it has a comment of that name with this text."""
        return any(
            item.name == name and comment_identity(name, item.text) == comment_identity(name, text)
            for item in self.items
            if isinstance(item, Comment)
        )

    def unsigned(self, section: str, text: str) -> Unsigned:
        """The only text that nobody signed with these words, if there is none in the section with
        this id. Raises RepairFailed."""
        words = single_spaced(text)
        texts = [item for item in self.items if isinstance(item, Unsigned)]
        alike = [item for item in texts if single_spaced(item.text) == words]
        found = [item for item in alike if item.section == section] or alike
        if len(found) != 1:
            raise RepairFailed(Why.TEXTS if found else Why.TEXT)
        return found[0]

    def put(self, old: Item, *new: Item) -> None:
        """Put items in the place of another one."""
        place = self.items.index(old)
        self.items[place : place + 1] = new

    def bound(self, old: Item, first: Item, last: Item) -> None:
        """Let these stand where an item stood, and its boxes begin and end with them."""
        if old.id in self.moved:
            self.moved.update((first.id, last.id))
        self.boxes = [
            replace(
                box,
                first=first.id if box.first == old.id else box.first,
                last=last.id if box.last == old.id else box.last,
            )
            for box in self.boxes
        ]

    def follow(self, old: Comment, new: Comment) -> None:
        """Let what a comment closed and decided be said by what it is now: it has another author,
        or is a part of another one."""
        closed = {
            closure: replace(closure, by=new.author, when=new.timestamp)
            for closure in self.closures
            if (closure.by, closure.when) == (old.author, old.timestamp)
            and closure.start <= old.signature.start < closure.end
        }
        self.closures = [closed.get(closure, closure) for closure in self.closures]
        boxes = {(closure.section, "", closure.by, closure.when) for closure in closed}
        self.decisions = [
            replace(
                each,
                by=new.author if each.by == old.author else each.by,
                when=new.timestamp if each.when == old.timestamp else each.when,
                comment=new.id if each.comment else "",
            )
            if each.comment == old.id or (each.section, each.comment, each.by, each.when) in boxes
            else each
            for each in self.decisions
        ]

    def shown(self, start: int, end: int, signatures: Iterable[Signature]) -> RenderedFragment:
        """What a reader sees of a stretch, without these signatures and the dashes before."""
        parts: list[str] = []
        at = start
        for signature in sorted(signatures, key=lambda each: each.start):
            if start <= signature.start < signature.end <= end:
                parts.append(_DASHES.sub("", self.wikitext[at : signature.start]))
                at = signature.end
        return self.render("".join([*parts, self.wikitext[at:end]]))
