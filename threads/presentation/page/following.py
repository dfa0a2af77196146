"""The person whose comments a reader follows on a page: where these are, and which comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from threads.models import Comment
from threads.presentation.people.speakers import Hues, Person


@dataclass(frozen=True, slots=True)
class FollowedPerson:
    """Whose comments are marked on a page, in the order in which they are shown."""

    person: Person
    comments: Sequence[Comment]  # at least one
    index: int  # of the comment that the reader is at

    @property
    def places(self) -> str:
        """The places of the comments on the page, for static/threads/js/following.js."""
        return " ".join(str(comment.position) for comment in self.comments)

    @property
    def number(self) -> int:
        """Which of the comments the reader is at, counted from 1."""
        return self.index + 1

    @property
    def before(self) -> Comment:
        """The one before; before the first one, the last."""
        return self.comments[self.index - 1]

    @property
    def after(self) -> Comment:
        """The one after; after the last one, the first."""
        return self.comments[(self.index + 1) % len(self.comments)]

    def count_in(self, first: int, last: int) -> int:
        """How many of the comments stand between two places, both included."""
        return sum(first <= comment.position <= last for comment in self.comments)


def followed(
    name: str, comments: Sequence[Comment], dbname: str, at: Comment | None, hues: Hues
) -> FollowedPerson | None:
    """In: a person's name, or ""; the comments that are shown, with their authors; `at`, the
    comment that the reader is at; `hues`, those of the page. None where that person
    wrote none of them."""
    theirs = [comment for comment in comments if name and comment.author.name == name]
    if not theirs:
        return None
    place = at.position if at else 0
    index = next((i for i, comment in enumerate(theirs) if comment.position >= place), 0)
    return FollowedPerson(Person.named(name, dbname, hues), theirs, index)
