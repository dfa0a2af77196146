"""All that holds for a wiki, done to the texts of its pages."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from threads.wikitext.site.languages import Profile
from threads.wikitext.structure.identity import name_in_ids

from .addresses import masked
from .comments import (
    Readings,
    TakenComment,
    may_have,
    signed_by,
    without_comments,
    without_lines,
    without_signers,
)
from .names import NameChanger, Renaming, in_ids, in_words, new_name
from .summaries import repeats

_IDENT = re.compile(r"(?<!\w)[ch]-\S+")  # an id or a name, in a text
_AT_ONCE = timedelta(minutes=2)  # between a signature's time and that of the edit that brings it


@dataclass(slots=True)
class Redaction:
    """What is not to be shown of a wiki. The same text gives the same text, and twice is once."""

    profile: Profile
    renamings: tuple[Renaming, ...] = ()
    comments: tuple[TakenComment, ...] = ()
    masks: bool = False  # IP addresses
    _names: NameChanger = field(init=False)

    def __post_init__(self) -> None:
        self._names = NameChanger(self.profile, self.renamings)

    def text(self, wikitext: str, read: Readings) -> str:
        """A page's wikitext; it is read where a comment that is taken down may be in it."""
        if any(may_have(wikitext, taken) for taken in self.comments):
            wikitext = without_comments(wikitext, read, self.comments)
        elif self.comments:
            wikitext = without_lines(wikitext, self.comments)
        return self.words(wikitext)

    def words(self, text: str) -> str:
        """A text with its names and addresses changed, in links and, where that is wanted, out of
        them."""
        for taken in self.comments:
            text = without_signers(text, taken)
        text = self._names.changed(text)
        return masked(text) if self.masks else text

    def name(self, user: str) -> str:
        """A user's name."""
        user = new_name(user, self.renamings)
        return masked(user) if self.masks else user

    def ident(self, ident: str) -> str:
        """An id or a name of a comment or a section, as far as it tells of names."""
        for taken in self.comments:
            for old, new in taken.signatures_in_ids:
                ident = ident.replace(old, new)
        ident = in_ids(ident, self.renamings)
        return masked(ident) if self.masks else ident

    def title(self, title: str) -> str:
        """A page's title: below a user's page, or with a name in it that goes everywhere."""
        namespace, colon, rest = title.partition(":")
        root, slash, below = rest.partition("/")
        if colon and namespace.lower() in self.profile.user | self.profile.user_talk:
            title = f"{namespace}:{self.name(root)}{slash}{below}"
        title = in_words(title, [each for each in self.renamings if each.everywhere])
        return masked(title) if self.masks else title

    def taken(self, name: str) -> TakenComment | None:
        """What takes down the comment of that name, if anything does."""
        return next((taken for taken in self.comments if name in taken.names), None)

    def signer(self, ident: str) -> str:
        """Who is to have signed the comment of this id; "" for whoever has."""
        for taken in self.comments:
            if any(ident.startswith(f"c-{signed}") for signed, _now in taken.signatures_in_ids):
                return taken.signer
        return ""

    def hides_user(self, user: str, saved_at: datetime | None, text: str) -> bool:
        """Whether who saved a revision is not to be told: it has, or came with, a comment of theirs
        that is to have another signer. In: its text as it is shown."""
        return bool(user) and any(
            name_in_ids(user) == author
            and (taken.words in text or (saved_at and abs(saved_at - time) < _AT_ONCE))
            for taken in self.comments
            for author, time in signed_by(taken)
        )

    def hides(self, summary: str) -> bool:
        """Whether an edit summary repeats words of a comment that is taken down."""
        return repeats(summary, (line for taken in self.comments for line in taken.lines))

    def data(self, value: Any) -> Any:
        """JSON with names, ids and words in it."""
        match value:
            case str():
                return self.words(_IDENT.sub(lambda found: self.ident(found[0]), value))
            case list():
                return [self.data(each) for each in value]
            case dict():
                return {key: self.data(each) for key, each in value.items()}
        return value
