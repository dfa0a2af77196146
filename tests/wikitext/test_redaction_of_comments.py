"""Comments in wikitext, taken down; and names in what ids and summaries say of them."""

import pytest

from threads.wikitext.redaction.comments import TakenComment, lines_of, pieces_of, times_of
from threads.wikitext.redaction.names import Renaming
from threads.wikitext.redaction.redacting import Redaction
from threads.wikitext.site.languages import profile_for

from .test_redaction import read, readings, redaction

ASKED = "== Boats ==\nWho rows? [[User:Ben|Ben]] 09:00, 1 May 2019 (UTC)\n"
SIGNED = "<small>[[User:Ada|A]] 10:00, 1 May 2019 (UTC)</small>"
TEXTS = {
    "one line": f": I row from the quay. {SIGNED}\n",
    "paragraphs": f"\nI row from the quay.\n\nAnd back again, I think. --{SIGNED}\n",
    "a list": f": I row from the quay:\n:* and back again, I think\n: so there. {SIGNED}\n",
    "a co-signature": f": I row from the quay. {SIGNED} [[User:Cyd]] 10:01, 1 May 2019 (UTC)\n",
}
ANSWER = ":: Good, and thanks. [[User:Ben|Ben]] 11:00, 1 May 2019 (UTC)\n"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_comment_that_is_taken_down_keeps_its_place(text: str) -> None:
    text = ASKED + text + ANSWER
    name = "c-Ada-2019-05-01T10:00:00.000Z"
    before = read(text)
    names = frozenset({name})
    taken = TakenComment(
        names, "(gone)", lines=lines_of(text, before, names), times=times_of(text, before, names)
    )
    rules = Redaction(profile_for(), comments=(taken,))
    shown = rules.text(text, readings)
    after = read(shown)
    assert [(it.id, it.parent) for it in after.comments] == [
        (it.id, it.parent) for it in before.comments
    ]
    assert next(it.text for it in after.comments if it.name == name) == "(gone)"
    assert "quay" not in shown
    assert "again" not in shown
    assert rules.text(shown, readings) == shown


def test_lines_are_taken_down_before_they_are_signed_and_in_copies() -> None:
    taken = TakenComment(
        frozenset({"c-x"}), "(gone)", lines=frozenset({"I row from the quay."}),
        times=frozenset({"10:00"}),
    )  # fmt: skip
    rules = Redaction(profile_for(), comments=(taken,))
    assert rules.text("* I row from the quay.\n", readings) == "* (gone)\n"
    assert rules.text("I row from the quay. {{unsigned|A}}", readings) == "(gone) {{unsigned|A}}"
    quoted = "I row from the quay. So he said."
    assert rules.text(quoted, readings) == quoted


def test_a_comment_in_a_template_is_taken_down_there() -> None:
    said = "Sell [[it|them]]. [[User:Lark]] 12:00, 2 May 2019 (UTC)"
    box = f"{{{{archive top|status=done|result={said}}}}}"
    text = f"== Boats ==\n{box}\nWho rows? [[User:Ben|Ben]] 09:00, 1 May 2019 (UTC)\n"
    names = frozenset({"c-Lark-2019-05-02T12:00:00.000Z"})
    assert pieces_of(text, read(text), names) == {"Sell [[it|them]].", "Sell them."}
    taken = TakenComment(names, "(gone)", times=times_of(text, read(text), names))
    shown = Redaction(profile_for(), comments=(taken,)).text(text, readings)
    assert shown == text.replace("Sell [[it|them]].", "(gone)")


def test_a_name_that_ids_cut_is_replaced_in_them() -> None:
    long = "Countess " + "of Somewhere " * 6 + "Hill"
    shown = redaction(Renaming(long, "Ada"))
    text = (
        f"Yes. [[User:{long}]] 10:00, 1 May 2019 (UTC)\n: No. [[User:Ben]] 10:01, 1 May 2019 (UTC)"
    )
    before, after = (read(each).comments for each in (text, shown.text(text, readings)))
    assert "Hill" not in before[0].id
    assert [shown.ident(each.id) for each in before] == [each.id for each in after]


@pytest.mark.parametrize("length", [50, 62, 66, 70, 72, 74, 80])
def test_a_heading_that_ids_cut_within_a_name_keeps_nothing_of_it(length: int) -> None:
    shown = redaction(Renaming("Marigold Quill", "Renamed user 7"))
    text = f"== {'y' * length} Marigold Quill asks ==\nYes. [[User:Ben]] 10:01, 1 May 2019 (UTC)\n"
    before, after = (read(each) for each in (text, shown.text(text, readings)))
    for old, new in ((before.sections[0].id, after.sections[0].id),
                     (before.comments[0].id, after.comments[0].id)):  # fmt: skip
        assert shown.ident(old) == new
        assert shown.words(f"[[#{old}|x]]") == f"[[#{new}|x]]"


@pytest.mark.parametrize(
    "summary",
    [
        "/* Boats */ I row from the quay to the lighthouse every day.",
        "Created page with “== Boats == I row from the quay to the lighthouse ev...”",
        "Created page with “== Boats == I row from the qu...”",
        "/* Boats */ re: I row from the quay to the lighthouse every",
        "I row from the quay",
    ],
)
def test_a_summary_that_has_the_beginning_of_a_line_is_hidden(summary: str) -> None:
    line = "I row from the quay to the lighthouse every day."
    taken = TakenComment(frozenset({"c-x"}), "(gone)", lines=frozenset({line}))
    rules = Redaction(profile_for(), comments=(taken,))
    assert rules.hides(summary)
    assert not rules.hides("/* Boats */ I row from")


@pytest.mark.parametrize(
    "signature",
    [
        "[[User:Ada|A]] 10:00, 1 May 2019 (UTC)",
        "{{unsigned|Ada|10:00, 1 May 2019 (UTC)}}",
        "{{unsigned2|10:00, 1 May 2019 (UTC)|Ada}}<!-- Template:Unsigned -->",
    ],
)
def test_who_signed_is_hidden_in_any_signature_and_in_links_to_the_comment(signature: str) -> None:
    ident = "c-Ada-2019-05-01T10:00:00.000Z-Boats"
    text = (
        f"== Boats ==\nI row. {signature}\n"
        f": See [[#{ident}]], [[Special:GoToComment/c-Ada-20190501100000-Boats]], "
        f"//x.example/wiki/Talk:Plan#{ident.replace(':', '%3A')}. "
        "[[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
    )
    names = frozenset({"c-Ada-2019-05-01T10:00:00.000Z"})
    taken = TakenComment(names, "(gone)", "Removed user", times=times_of(text, read(text), names))
    shown = Redaction(profile_for(), comments=(taken,)).text(text, readings)
    assert "Ada" not in shown
    assert [each.author for each in read(shown).comments] == ["Removed user", "Ben"]
    assert f"[[#{read(shown).comments[0].id}]]" in shown


def test_a_comment_is_found_whose_time_is_written_otherwise() -> None:
    text = "I row. [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    names = frozenset({"c-Ada-2019-05-01T10:00:00.000Z"})
    taken = TakenComment(names, "(gone)", times=times_of(text, read(text), names))
    elsewhere = text.replace("10:00, 1 May 2019 (UTC)", "12:00, 1 May 2019 (CEST)")
    assert read(elsewhere).comments[0].name in names
    rules = Redaction(profile_for(), comments=(taken,))
    assert "I row" not in rules.text(elsewhere, readings)


def test_who_saved_a_comment_is_hidden_whatever_the_names_length() -> None:
    long = "Countess " + "of Somewhere " * 6 + "Hill"
    (comment,) = read(f"Yes. [[User:{long}]] 10:00, 1 May 2019 (UTC)").comments
    taken = TakenComment(frozenset([comment.name]), "Gone.", signer="Removed user")
    hidden = Redaction(profile_for("en"), comments=(taken,))
    assert hidden.hides_user(long, comment.timestamp, "")
    assert hidden.hides_user(long, None, "It says: Gone."), "as who left it unsigned, or edited it"
    assert not hidden.hides_user(long, None, "")
    assert not hidden.hides_user("Ben", comment.timestamp, "Gone.")
