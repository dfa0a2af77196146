"""An editor names who wrote what nobody signed, whatever the page's history tells."""

from collections.abc import Callable

import pytest

from tests.store.conftest import LATER, Save
from threads.models import Comment, Repair, TalkPage, UnsignedText
from threads.store import reparse, replay

QUESTION = "How long do the lamps burn at night?\n"


def split(words: str) -> Repair:
    """A correction, kept, that gives the part of the one comment before these words to Dag."""
    comment = Comment.objects.get()
    return Repair.objects.create(
        page=comment.page,
        kind="split",
        target=comment.ident,
        name=comment.name,
        text=comment.text,
        value={"at": words, "author": "Dag", "timestamp": ""},
    )


def test_whom_an_editor_names_goes_before_the_history_which_tells_again_when_undone(
    save: Save,
) -> None:
    page = f"{LATER}\n== Oil ==\n{QUESTION}"
    save("Cem", LATER)
    save("Ana", page)
    ana = UnsignedText.objects.current().get()
    repair = Repair.objects.create(
        page=ana.page,
        kind="author",
        target=ana.section.ident,
        text=ana.text,
        value={"author": "Dag"},
    )

    save("Cem", f"{page}\n== Wicks ==\n")
    named = UnsignedText.objects.current().get()
    assert (named.pk, str(named.author), named.known_by) == (ana.pk, "Dag", "editor")

    repair.delete()
    save("Cem", f"{page}\n== Glass ==\n")
    undone = UnsignedText.objects.current().get()
    assert (undone.pk, str(undone.author), undone.known_by) == (ana.pk, "Ana", "history")
    assert undone.first_revision == ana.first_revision


def test_an_editor_names_who_wrote_what_the_history_parts_from_a_comment(save: Save) -> None:
    save("Ana", QUESTION)
    save("Cem", f"{QUESTION}\n{LATER}")
    split("Who tends")

    save("Cem", f"{QUESTION}\n{LATER}\n== Oil ==\n")

    text = UnsignedText.objects.current().get()
    assert (str(text.author), text.known_by, text.source) == ("Dag", "editor", f"{QUESTION}\n")


@pytest.mark.parametrize("again", [reparse, replay])
def test_a_comment_is_whole_again_where_its_split_is_undone(
    save: Save, again: Callable[[TalkPage], object]
) -> None:
    save("Cem", f"{QUESTION}\n{LATER}")
    save("Ana", f"{QUESTION}\n{LATER}\n== Oil ==\n")
    before = Comment.objects.get().text
    repair = split("Who tends")
    again(repair.page)
    assert str(UnsignedText.objects.current().get(known_by="editor").author) == "Dag"
    assert Comment.objects.get().text == "Who tends them?"

    repair.delete()
    reparse(repair.page)

    assert Comment.objects.get().text == before
    assert not UnsignedText.objects.current().exclude(text="").exists()
