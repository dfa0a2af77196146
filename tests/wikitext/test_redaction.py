"""Names, addresses and comments in wikitext, redacted."""

from datetime import datetime

import pytest

from threads.wikitext import ParsedPage, parse_page
from threads.wikitext.redaction.addresses import masked
from threads.wikitext.redaction.comments import TakenComment, lines_of, pieces_of, times_of
from threads.wikitext.redaction.names import Renaming
from threads.wikitext.redaction.redacting import Redaction
from threads.wikitext.site.languages import profile_for

ADA_BELL = Renaming("Ada Bell", "Author 7", spared=("Ada Bell Tower",))
WILL = Renaming("Will", "Author 8", everywhere=False)


def redaction(*renamings: Renaming, language: str = "en", masks: bool = False) -> Redaction:
    return Redaction(profile_for(language), renamings, masks=masks)


@pytest.mark.parametrize(
    ("wikitext", "shown"),
    [
        ("[[User:Ada Bell]]", "[[User:Author 7]]"),
        ("[[user:ada_Bell|the Countess]]", "[[user:Author_7|Author 7]]"),
        ("[[User talk:Ada Bell|talk]]", "[[User talk:Author 7|talk]]"),
        ("[[User talk:Ada Bell|<b>me</b>]]", "[[User talk:Author 7|Author 7]]"),
        ("[[Special:Contributions/Ada Bell|c]]", "[[Special:Contributions/Author 7|c]]"),
        ("[[w:User:Ada Bell|A]]", "[[w:User:Author 7|Author 7]]"),
        ("[[User:Ada Bell/Notes|notes]]", "[[User:Author 7/Notes|Author 7]]"),
        ("[[User:Ada Bell Tower|Ada Bell Tower]]", "[[User:Ada Bell Tower|Ada Bell Tower]]"),
        ("As Ada Bell Tower and Ada Bell say", "As Ada Bell Tower and Author 7 say"),
        ("AdaBell, Ada Bells, ada bell", "AdaBell, Ada Bells, ada bell"),
        ("{{ping|Ada Bell}}", "{{ping|Author 7}}"),
        ("https://x.example/wiki/User:Ada_Bell", "https://x.example/wiki/User:Author_7"),
        ("https://x.example/wiki/User:Ada%20Bell", "https://x.example/wiki/User:Author_7"),
        (
            "[https://x.example/wiki/User:Ada_Bell her]",
            "[https://x.example/wiki/User:Author_7 Author 7]",
        ),
        ("&#65;da Bell", "Author 7"),
        ("[[#c-Ada_Bell-2019-05-01T10:00:00.000Z]]", "[[#c-Author_7-2019-05-01T10:00:00.000Z]]"),
    ],
)  # fmt: skip
def test_a_name_is_replaced_in_every_spelling(wikitext: str, shown: str) -> None:
    assert redaction(ADA_BELL).words(wikitext) == shown
    assert redaction(ADA_BELL).words(shown) == shown


@pytest.mark.parametrize(
    ("wikitext", "shown"),
    [
        ("Will it rain? [[User:Will|Bill]]", "Will it rain? [[User:Author 8|Author 8]]"),
        ("{{ping|Will}} {{x|a=Will }}", "{{ping|Author 8}} {{x|a=Author 8 }}"),
        ("[[Will]]", "[[Will]]"),
    ],
)
def test_a_name_that_is_a_word_is_replaced_where_it_names_somebody(
    wikitext: str, shown: str
) -> None:
    assert redaction(WILL).words(wikitext) == shown


def test_namespaces_are_the_wikis_own() -> None:
    german = redaction(ADA_BELL, language="de")
    assert german.words("[[Benutzerin:Ada Bell|A]]") == "[[Benutzerin:Author 7|Author 7]]"
    assert german.title("Benutzer Diskussion:Ada Bell/Archiv") == (
        "Benutzer Diskussion:Author 7/Archiv"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[User:198.51.100.7]]", "[[User:198.51.100.xxx]]"),
        ("c-198.51.100.7-2019-05-01T10:00:00.000Z", "c-198.51.100.xxx-2019-05-01T10:00:00.000Z"),
        ("2001:DB8:0:0:0:0:0:7", "2001:DB8:0:xxxx"),
        ("User:2001%3ADB8%3A1%3A0%3A0%3A0%3A0%3A7", "User:2001:DB8:1:xxxx"),
        ("2001:db8:1::7", "2001:DB8:1:xxxx"),
        ("at 10:00:00, 999.1.1.1", "at 10:00:00, 999.1.1.1"),
        ("1.2.3.4.5", "1.2.3.4.5"),
        ("::Abe: no", "::Abe: no"),
        ("198.51.100.xxx", "198.51.100.xxx"),
    ],
)
def test_addresses_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:DB8:0:0:0:0:0:7"])
def test_a_masked_address_still_signs(address: str) -> None:
    text = masked(f"Yes. [[User:{address}|{address}]] 10:00, 1 May 2019 (UTC)")
    (comment,) = read(text).comments
    assert comment.author == masked(address)


def read(text: str) -> ParsedPage:
    return parse_page(text, title="Talk:Plan")


def readings(text: str, _since: datetime | None) -> list[ParsedPage]:
    return [read(text)]


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


def test_who_saved_a_comment_is_hidden_whatever_the_names_length() -> None:
    long = "Countess " + "of Somewhere " * 6 + "Hill"
    (comment,) = read(f"Yes. [[User:{long}]] 10:00, 1 May 2019 (UTC)").comments
    taken = TakenComment(frozenset([comment.name]), "Gone.", signer="Removed user")
    hidden = Redaction(profile_for("en"), comments=(taken,))
    assert hidden.hides_user(long, comment.timestamp)
    assert not hidden.hides_user("Ben", comment.timestamp)
