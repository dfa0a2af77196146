"""What readers see here is what MediaWiki shows: see records.py for where the facts are from."""

import pytest

from tests.mediawiki import mediawiki

from .outline import words
from .records import Record, load

RECORDS = load()
SAME = [record for record in RECORDS if not record.reason]


@pytest.mark.parametrize("record", SAME, ids=str)
def test_a_piece_of_wikitext_has_the_structure_and_words_that_mediawiki_gives_it(
    record: Record,
) -> None:
    assert record.ours == record.theirs


@pytest.mark.parametrize("record", SAME, ids=str)
def test_the_plain_text_of_a_comment_is_what_its_html_says(record: Record) -> None:
    wanted = words(record.theirs) if record.words is None else record.words
    assert record.plain_text == wanted


@pytest.mark.parametrize("record", [each for each in RECORDS if each.reason], ids=str)
def test_where_ours_is_said_to_differ_it_does(record: Record) -> None:
    assert record.ours != record.theirs, "it is the same: python -m tests.wikitext.records"


@pytest.mark.mediawiki
def test_the_records_are_what_the_installed_mediawiki_says() -> None:
    with mediawiki() as wiki:
        answers = {str(record): record.ask(wiki) for record in RECORDS}
    assert answers == {str(record): record.theirs for record in RECORDS}
