"""What is given as text: made the same as on the wiki, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from threads.ingest.errors import BadInput
from threads.ingest.files.text import clean, decode


def test_line_ends_and_blank_ends_are_as_mediawiki_stores_them() -> None:
    assert clean("\n one\r\ntwo\rthree \n\n\t", "The text") == "\n one\ntwo\nthree"


@given(st.text(alphabet="a \n\r\t", min_size=1).filter(str.strip))
def test_text_that_went_through_a_form_is_the_same_again(text: str) -> None:
    once = clean(text, "The text")

    assert clean(once.replace("\n", "\r\n"), "The text") == once


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbf== A ==\n", "a.txt") == "== A =="


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.txt is empty"),
        (b" \n\t\r\n", "a.txt is empty"),
        (b"one\0two", "a.txt is a binary file (zero byte at byte 3)"),
        (b"one\ntwo\xfc", "(line 2, byte 7: 0xfc). Save it as UTF-8"),
        ("== One ==".encode("utf-16"), "a.txt is encoded in UTF-16. Save it as UTF-8"),
        ("== One ==".encode("utf-16-be"), "encoded in UTF-16"),
        ("== Раз ==\n[[A]]".encode("utf-16-le"), "encoded in UTF-16"),
        ("== One ==".encode("utf-32"), "encoded in UTF-32"),
        (b"x" * 1001, "exceeds the limit of 1000 bytes"),
    ],
)
def test_a_file_that_is_no_wikitext_is_refused(data: bytes, said: str, settings: Settings) -> None:
    settings.MAX_PAGE_BYTES = 1000

    with pytest.raises(BadInput) as refused:
        decode(data, "a.txt")

    assert refused.value.field == "text"
    assert said in str(refused.value).replace("\xa0", " ")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BadInput, match=r"invalid character \(position 2\)"):
        clean("ab\ud800", "The text")


def test_characters_are_those_that_mediawiki_saves() -> None:
    given = "a\x00b\x01c\x0bd\x0ce\x1ff\ufffeg\uffff"

    assert clean(given, "The text") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffd"
    assert clean("a\tb\nc\x7fd\x85e\u2028f\u202eg", "") == "a\tb\nc\x7fd\x85e\u2028f\u202eg"
    assert clean("e\u0301clair", "The text") == "\u00e9clair"


def test_size_is_counted_in_bytes(settings: Settings) -> None:
    settings.MAX_PAGE_BYTES = 10

    assert clean("äääää", "The text")
    with pytest.raises(BadInput, match="exceeds"):
        clean("ääääää", "The text")
