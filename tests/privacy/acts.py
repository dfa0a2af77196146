"""What happens to an archive, drawn by chance: corrections, privacy rules, and imports."""

import random
from collections.abc import Callable

from threads.ingest.repairing import make_repair, undo_repair
from threads.models import Author, Comment, Repair
from threads.privacy import rename, take_down_comment

from .archive import hold

# In: what decides. Out: names and words that are not to be found from then on, in small letters.
Act = Callable[[random.Random], list[str]]
OTHERS = ("", "Benvolio", "Evandra", "Falstaff")  # whom editors name as the author of a part
WORDS = ("lit?", "zymurgy", "mine.", "late.")  # of one comment each


def correct(chance: random.Random) -> list[str]:
    """Raises BadInput for what cannot be done."""
    comment = chance.choice(_comments())
    other = chance.choice([each for each in _comments() if each.page_id == comment.page_id])
    author, at = chance.choice(OTHERS), comment.text.split()[-1:]
    ways: list[tuple[str, dict[str, str]]] = [
        ("join", {"with": other.ident, "words": ""}),
        ("author", {"author": author or "Cem"}),
        ("parent", {"parent": other.ident, "name": other.name}),
        ("split", {"at": "".join(at), "author": author, "timestamp": "2019-05-01T10:30:00+00:00"}),
    ]
    make_repair(comment, *chance.choice(ways))
    return []


def undo_a_correction(chance: random.Random) -> list[str]:
    if made := list(Repair.objects.active()):
        undo_repair(chance.choice(made))
    return []


def rename_somebody(chance: random.Random) -> list[str]:
    authors = list(Author.objects.filter(name__in=OTHERS).order_by("pk"))
    if not authors:
        return []
    author = chance.choice(authors)
    hold(rename(author, f"Quietus {author.pk}"))
    return [author.name.lower()]


def take_a_comment_down(chance: random.Random) -> list[str]:
    """Raises BadInput for one that is."""
    comment = chance.choice(_comments())
    hold(take_down_comment(comment, hide_author=chance.random() < 0.5))
    return [word for word in WORDS if word in comment.text.lower()]


def _comments() -> list[Comment]:
    return list(Comment.objects.current().select_related("page").order_by("pk"))


ACTS: list[Act] = [
    *[correct] * 3,
    undo_a_correction,
    rename_somebody,
    *[take_a_comment_down] * 2,
]
