"""A page's history told anew at once leaves what it leaves step by step."""

from random import Random
from typing import Any

import pytest
from django.db import transaction

from tests.rows import rows_of
from tests.store.conftest import Store
from threads.edits import Edit
from threads.models import Change, Comment, Section, UnsignedText, Wiki
from threads.store import replay
from threads.store.rows.kept import PageRows
from threads.store.writing import Written, tell_rows

HEADINGS = ("Lamps", "Both lamps", "Keepers")
PEOPLE = ("Ada", "Ben")
HISTORIES = (0, 4, 6, 7)  # whose rows change ids, and continue rows that left before
REVISIONS = 8


def a_text(random: Random) -> str:
    """Topics whose headings, comments and unsigned lines change, go and come back."""
    lines = []
    for heading in random.sample(HEADINGS, random.randint(1, 3)):
        lines.append(f"== {heading} ==")
        for _ in range(random.randint(0, 4)):
            asked = f"Who tends the {random.choice(['old', 'new'])} lamp at night?"
            signed = (
                f" [[User:{random.choice(PEOPLE)}]] 10:0{random.randint(0, 1)}, 1 May 2019 (UTC)"
            )
            depth = ":" * random.randint(0, 2)
            lines.append(f"{depth}{asked}{random.choice([signed, signed, ''])}\n")
    return "\n".join(lines)


def everything(wiki: Wiki) -> tuple[Any, ...]:
    """All rows, and in which order they were made."""
    order = (
        list(Section.objects.order_by("pk").values_list("ident", "former_ids")),
        list(Comment.objects.order_by("pk").values_list("ident", "text")),
        list(UnsignedText.objects.order_by("pk").values_list("position", "text")),
        list(Change.objects.order_by("pk").values_list("comment__ident", "kind", "text")),
    )
    return rows_of(wiki), order


def told_step_by_step(rows: PageRows, *told: Any) -> Written:
    """What each revision makes is written, and read from the tables for the next one."""
    written = tell_rows(rows, *told)
    rows.write()
    vars(rows).update(vars(PageRows(rows.page)))
    return written


@pytest.mark.parametrize("seed", HISTORIES)
def test_a_history_told_at_once_leaves_the_same_as_step_by_step(
    wiki: Wiki, store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 (nothing secret)
    for number in random.sample(range(1, REVISIONS + 1), REVISIONS):
        edit = Edit(random.choice(PEOPLE), parent_number=number - 1)
        page = store(a_text(random), number=number, edit=edit).page
    with transaction.atomic(), monkeypatch.context() as patched:
        patched.setattr("threads.store.replaying.tell_rows", told_step_by_step)
        replay(page)
        step_by_step = everything(wiki)
        transaction.set_rollback(True)

    replay(page)

    assert everything(wiki) == step_by_step
