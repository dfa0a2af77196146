"""Titles: written as MediaWiki writes them, or refused with a reason."""

import pytest

from threads.ingest.errors import BadInput
from threads.ingest.titles import given_title, page_title
from threads.models import Wiki

META = Wiki(dbname="metawiki")


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Talk:Harbour_lights", "Talk:Harbour lights"),
        (" talk : harbour__lights ", "Talk:Harbour lights"),
        ("user_talk:ada", "User talk:Ada"),
        ("harbour: lights", "Harbour: lights"),
        (":Talk:Lights", "Talk:Lights"),
        ("Talk:éclairage", "Talk:Éclairage"),
        ("Talk:ßtraße", "Talk:ßtraße"),
        ("Talk:Lights/2019/Ideas", "Talk:Lights/2019/Ideas"),
        ("Talk:\u200eLights\u00a0on", "Talk:Lights on"),
        ("Talk:e\u0301clair", "Talk:Éclair"),
        ("نقاش:الضوء", "نقاش:الضوء"),
    ],
)
def test_a_title_is_written_as_on_the_wiki(given: str, title: str) -> None:
    assert page_title(given, META) == title


def test_a_namespace_may_be_named_in_the_wikis_language() -> None:
    assert page_title("diskussion:foo_bar", Wiki(dbname="dewiki", language="de")) == (
        "Diskussion:Foo bar"
    )


def test_wiktionaries_keep_small_first_letters() -> None:
    assert page_title("talk:lamp", Wiki(dbname="enwiktionary")) == "Talk:lamp"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "missing"),
        (" _ ", "missing"),
        ("Talk:", "missing"),
        ("Talk:<script>", "“<” at its character 6"),
        ("Talk:A#B", "“#”"),
        ("Talk:A|B", "“|”"),
        ("Talk:A\x00B", "control character at its character 7"),
        ("Talk:A\nB", "control character"),
        ("Talk:A\ud800", "control character"),
        ("Talk:A%20B", "the escape “%20”"),
        ("Talk:A&amp;B", "the entity “&amp;”"),
        ("Talk:A/../B", "part of its path"),
        ("~~~~", "“~~~~”"),
        ("Talk:" + "ä" * 128, "256 bytes"),
    ],
)
def test_what_cannot_be_a_title_is_refused(given: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        page_title(given, META)

    assert refused.value.field == "title"
    assert said in str(refused.value)


def test_the_longest_title_is_taken() -> None:
    assert page_title("Talk:" + "A" * 255, META) == "Talk:" + "A" * 255


@pytest.mark.parametrize(
    ("given", "title"),
    [("Talk:Lamp_posts", "Talk:Lamp posts"), ("talk:ა%41", "talk:ა%41"), ("Talk:<i>", "Talk:<i>")],
)
def test_a_title_that_the_wiki_gives_is_taken_as_it_is(given: str, title: str) -> None:
    assert given_title(given) == title


@pytest.mark.parametrize(
    ("given", "said"),
    [("", "0 characters"), ("x" * 600, "600 characters"), ("Talk:\x07", "a control character")],
)
def test_a_wiki_cannot_give_what_no_title_can_be(given: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        given_title(given)

    assert len(str(refused.value)) < 200
