"""Who wrote what nobody signed, as the page's history tells it."""

import pytest

from tests.store.conftest import ASK, LATER, TITLE, Save, Store, snapshot
from threads.edits import UNKNOWN, Edit, RevisionFacts
from threads.models import Comment, Revision, UnsignedText, Wiki
from threads.store import can_tell_more, compare_page, replay
from threads.wikitext import parse_page

QUESTION = "How long do the lamps burn at night?\n"
ANSWER = ":Until the last of the boats is in.\n"


def written() -> dict[str, str]:
    """The first words of what nobody signed on the pages, with whom the history tells."""
    texts = UnsignedText.objects.current().in_order().exclude(text="")
    return {
        text.text.split(" ", 1)[0]: text.author.name if text.author else "-"
        for text in texts.select_related("author")
    }


def test_what_nobody_signed_is_by_who_added_it(save: Save) -> None:
    save("Ana", QUESTION)
    save("Cem", f"{QUESTION}\n== Keepers ==\n{LATER}")
    save("Ben", f"{QUESTION}{ANSWER}\n== Keepers ==\n{LATER}\nNot I.\n")

    assert written() == {"How": "Ana", "Until": "Ben", "Not": "Ben"}
    ana = UnsignedText.objects.get(author__name="Ana")
    assert (ana.known_by, ana.first_revision and ana.first_revision.user) == ("history", "Ana")
    parts = list(UnsignedText.objects.current().in_order())
    assert [part.source for part in parts] == [QUESTION, f"{ANSWER}\n", "Not I.\n"]
    assert parts[1].level == 2


def test_parts_stay_a_partition_of_the_wikitext_and_keep_their_keys(save: Save) -> None:
    save("Ana", QUESTION)
    save("Ben", f"{QUESTION}{ANSWER}")
    keys = dict(UnsignedText.objects.current().values_list("author__name", "pk"))

    save("Cem", f"{QUESTION}{ANSWER}\n{LATER}")

    assert dict(UnsignedText.objects.current().values_list("author__name", "pk")) == keys
    since = UnsignedText.objects.current().values_list("first_revision__number", flat=True)
    assert sorted(map(int, filter(None, since))) == [1, 2]


def test_a_text_that_is_edited_keeps_its_author(save: Save) -> None:
    save("Ana", QUESTION)
    key = UnsignedText.objects.get().pk
    save("Ben", QUESTION.replace("night", "dusk"))

    assert written() == {"How": "Ana"}
    assert UnsignedText.objects.get().pk == key


def test_what_two_people_wrote_in_one_line_is_by_nobody(save: Save) -> None:
    save("Ana", QUESTION)
    save("Ben", f"{QUESTION.strip()} I ask as well, for both of these lamps.\n")

    assert written() == {"How": "-"}


def test_what_stands_in_one_element_is_not_parted(save: Save) -> None:
    save("Ana", "<div>\nOne of the lamps\n</div>\n")
    save("Ben", "<div>\nOne of the lamps\nAnother burns brightly\n</div>\n")

    text = UnsignedText.objects.get()
    assert (text.author, text.end) == (None, len(text.revision.text))


def test_what_others_write_below_a_signature_is_parted_from_the_comment(save: Save) -> None:
    save("Cem", LATER)
    comment = Comment.objects.get()
    save("Ana", f"{LATER}{QUESTION}")

    assert written() == {"How": "Ana"}
    assert Comment.objects.get().text == comment.text
    save("Cem", f"{LATER}{QUESTION}\nAnd so on, and so forth.\n")
    assert written() == {"How": "Ana", "And": "Cem"}
    assert Comment.objects.get().html == comment.html


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(save: Save, wiki: Wiki) -> None:
    save("Cem", LATER)
    save("Ana", f"{LATER}{QUESTION}")
    current, before = Revision.objects.get(number=2), snapshot()
    edit = Edit("Cem", parent_number=2)
    text = f"{current.text}\nAnd so on.\n"

    parsed = parse_page(text, title=TITLE)
    seen = compare_page(wiki, parsed, text, RevisionFacts(3, edit=edit))

    assert (seen.counts.unchanged, seen.counts.changed) == (1, 0)
    Revision.objects.filter(number=2).update(user="", parent_number=None)
    compare_page(
        wiki,
        parse_page(current.text, title=TITLE),
        current.text,
        RevisionFacts(2, current.timestamp, edit=current.edit),
    )
    assert snapshot()["UnsignedText"] == before["UnsignedText"]


def test_what_the_signer_adds_below_stays_in_the_comment(save: Save) -> None:
    save("Cem", LATER)
    save("Cem", f"{LATER}{QUESTION}")

    assert written() == {}
    assert Comment.objects.get().text.endswith("night?")


def test_what_stood_unsigned_above_is_parted_from_the_comment_below(save: Save) -> None:
    save("Ana", QUESTION)
    save("Cem", f"{QUESTION}\n{LATER}")

    assert written() == {"How": "Ana"}
    assert Comment.objects.get().text == "Who tends them?"


def test_who_signs_their_text_under_another_name_has_signed_it(save: Save) -> None:
    save("192.0.2.7", "Who tends them?\n")
    save("Cem", LATER)

    assert written() == {}
    assert Comment.objects.get().text == "Who tends them?"


def test_markup_alone_is_by_nobody(save: Save) -> None:
    save("Ana", "{{Talk header}}\n[[Category:Lamps]]\n<!-- lamps -->\n")

    assert not UnsignedText.objects.exclude(author=None).exists()


def test_a_text_that_is_signed_later_is_a_comment(save: Save) -> None:
    save("Ana", f"{ASK}{ANSWER}")
    assert written() == {"Until": "Ana"}
    save("Ana", f"{ASK}{ANSWER.strip()} [[User:Ana]] 11:00, 1 May 2019 (UTC)\n")

    assert written() == {}
    assert Comment.objects.filter(author__name="Ana").exists()


def test_a_name_in_the_text_goes_before_the_history(save: Save) -> None:
    save("Ben", "Boats are in. {{unsigned|Ana}}\n")

    text = UnsignedText.objects.get()
    assert (str(text.author), text.known_by) == ("Ana", "template")


def test_an_account_in_the_history_goes_before_a_name_without_one(save: Save) -> None:
    save("Ben", "Boats are in. -- Benny 10:00, 1 May 2019 (UTC)\n")

    text = UnsignedText.objects.get()
    assert (str(text.author), text.known_by, text.plain_name) == ("Ben", "history", "")


def test_a_name_without_an_account_stands_where_the_history_tells_nothing(save: Save) -> None:
    save("", "Boats are in. -- Benny 10:00, 1 May 2019 (UTC)\n")
    save("Ana", "Boats are in. -- Benny 10:00, 1 May 2019 (UTC)\n\nAll of them.\n")

    told = UnsignedText.objects.current().in_order()
    assert [(text.named, text.known_by) for text in told] == [
        ("Benny", "name"),
        ("Ana", "history"),
    ]


@pytest.mark.parametrize(
    ("user", "edit"),
    [
        ("", {}),
        ("", {"user_hidden": True}),
        ("LampBot", {}),
        ("ClueBot III", {}),
        ("Ana", {"parent": None}),
        ("Ana", {"parent": 7}),
        ("Ana", {"summary": "Archiving old threads"}),
    ],
)
def test_where_the_history_does_not_tell_for_certain_nobody_is_named(
    save: Save, user: str, edit: dict[str, object]
) -> None:
    save("Cem", LATER)
    save(user, f"{LATER}\n{QUESTION}", **edit)

    assert written() == {"How": "-"}


def test_moved_text_is_not_by_who_moved_it(save: Save) -> None:
    old = ASK.replace("1 May", "1 April")
    for number, others in enumerate((f"{ASK}\n{LATER}", old)):
        save("Dan", f"{others}\n{QUESTION}", title=f"Talk:Moved {number}")

    assert not UnsignedText.objects.exclude(author=None).exists()


def test_text_that_comes_back_is_by_who_had_written_it(save: Save) -> None:
    save("Ana", f"{ASK}\n{QUESTION}")
    save("Vandal", "Ha.\n")
    save("Ben", f"{ASK}\n{QUESTION}")

    assert written() == {"How": "Ana"}
    assert UnsignedText.objects.current().get().first_revision == Revision.objects.get(number=1)


def test_a_few_words_that_come_back_may_be_another_persons(save: Save) -> None:
    save("Ana", f"{ASK}\nAgree.\n")
    save("Ben", ASK)
    save("Cem", f"{ASK}\nAgree.\n")

    assert written() == {"Agree.": "-"}


def test_a_replay_and_another_reading_tell_the_same(save: Save, store: Store) -> None:
    save("Ana", QUESTION)
    save("Ben", f"{QUESTION}{ANSWER}")
    save("Cem", f"{QUESTION}{ANSWER}\n{LATER}\nNot I, said the cat.\n")
    told = written()
    assert told == {"How": "Ana", "Until": "Ben", "Not": "Cem"}
    before = snapshot()
    current = Revision.objects.get(number=3)

    store(current.text, number=3, timestamp=current.timestamp, edit=UNKNOWN)
    assert snapshot() == before
    replay(current.page)
    assert written() == told


def test_what_is_not_told_of_a_later_revision_does_not_forget(save: Save, store: Store) -> None:
    save("Ana", QUESTION)
    store(f"{QUESTION}{ANSWER}", number=9)

    assert written() == {"How": "Ana", "Until": "-"}


def test_names_and_texts_of_users_are_kept_with_the_revision(save: Save, store: Store) -> None:
    store(ASK, number=4)
    edit = Edit("Ana", "asks", minor=True, parent_number=3)
    store(ASK, number=4, edit=edit)
    store(ASK, number=4, edit=Edit("Another"))

    assert Revision.objects.get().edit == edit


def test_what_is_told_of_kept_revisions_later_is_told_of_their_texts(
    save: Save, store: Store
) -> None:
    texts = [QUESTION, f"{QUESTION}{ANSWER}"]
    for number, text in enumerate(texts, 1):
        page = store(text, number=number).page
    assert not can_tell_more(page)

    store(texts[0], number=1, edit=Edit("Ana", parent_number=0))
    assert can_tell_more(page)
    store(texts[1], number=2, edit=Edit("Ben", parent_number=1))
    replay(page)

    assert written() == {"How": "Ana", "Until": "Ben"}
    assert not can_tell_more(page), "once is enough"


def test_what_others_say_between_two_texts_of_the_signer_is_parted(save: Save) -> None:
    save("Cem", QUESTION)
    save("Ana", f"{QUESTION}{ANSWER}")
    save("Cem", f"{QUESTION}{ANSWER}\n{LATER}")

    assert written() == {"How": "Cem", "Until": "Ana"}


def test_a_text_that_names_its_author_names_nobody_elses(save: Save) -> None:
    save("Ana", QUESTION)
    save("Ben", f"{QUESTION}{ANSWER}")
    save("Cem", f"{QUESTION}{ANSWER.strip()} {{{{unsigned|Ben}}}}\n")
    save("Cem", f"{QUESTION}{ANSWER.strip()} {{{{unsigned|Ben}}}}\nSo the boats are in by ten.\n")

    assert written() == {"How": "Ana", "Until": "Ben", "So": "Cem"}
    known = UnsignedText.objects.current().in_order().values_list("known_by", flat=True)
    assert list(known) == ["history", "template", "history"]
