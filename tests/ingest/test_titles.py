"""Titles: written as MediaWiki writes them, or refused with a reason."""

import pytest

from threads.ingest.errors import BadInput
from threads.ingest.sources.paste import paste
from threads.ingest.titles import given_title, page_title
from threads.models import Wiki
from threads.wikitext.site.titles import subject_title, wikis_title

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


GERMAN = Wiki(dbname="dewiki", language="de")
OWN = {
    "1": {"name": "Parley", "aliases": ["Chat"], "case": "first-letter"},
    "5": {"name": "Lanternwiki talk", "case": "first-letter"},
}


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("diskussion:foo_bar", "Diskussion:Foo bar"),
        ("Talk:foo bar", "Diskussion:Foo bar"),
        ("User talk:Ada", "Benutzer Diskussion:Ada"),
        ("Benutzerin Diskussion:Ada", "Benutzer Diskussion:Ada"),
        ("project talk:foo", "Project talk:Foo"),
        ("Foo:bar", "Foo:bar"),
    ],
)
def test_a_namespace_is_called_as_the_wiki_calls_it(given: str, title: str) -> None:
    assert page_title(given, GERMAN) == wikis_title(given, GERMAN) == title


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Talk:lamps", "Parley:Lamps"),
        ("chat:Lamps", "Parley:Lamps"),
        ("Project talk:Lamps", "Lanternwiki talk:Lamps"),
        ("User talk:Ada", "User talk:Ada"),
    ],
)
def test_what_a_wiki_says_of_its_namespaces_goes_before_its_language(
    given: str, title: str
) -> None:
    assert page_title(given, Wiki(dbname="lanternwiki", namespaces=OWN)) == title


@pytest.mark.parametrize("odd", ["", ":", "Talk:", "a|b", "[x"])
def test_an_address_may_say_anything(odd: str) -> None:
    assert wikis_title(odd, GERMAN)[-1:] == odd[-1:]


def test_wiktionaries_keep_small_first_letters() -> None:
    assert page_title("talk:lamp", Wiki(dbname="enwiktionary")) == "Talk:lamp"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Enter the full page title"),
        (" _ ", "Enter the full page title"),
        ("Talk:", "Enter the full page title"),
        ("Talk:<script>", "“<” at position 6"),
        ("Talk:A#B", "“#”"),
        ("Talk:A|B", "“|”"),
        ("Talk:A\x00B", "control character at position 7"),
        ("Talk:A\nB", "control character"),
        ("Talk:A\ud800", "control character"),
        ("Talk:A%20B", "the escape “%20”"),
        ("Talk:A&amp;B", "the entity “&amp;”"),
        ("Talk:A/../B", "part of the path"),
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


@pytest.mark.parametrize(
    ("wiki", "title", "subject"),
    [
        (META, "Talk:Bridges", "Bridges"),
        (META, "Talk:Bridges/2019", "Bridges/2019"),
        (META, "Talk:Bridges: a story", "Bridges: a story"),
        (META, "User talk:Ada", "User:Ada"),
        (META, "Help talk: Ferries", "Help:Ferries"),
        (META, "Wikipedia talk:Ferries", "Wikipedia:Ferries"),
        (META, "Harbour talk:Ferries", "Harbour:Ferries"),
        (META, "Village pump", ""),
        (META, "Project:Village pump", ""),
        (META, "Special:Talk", ""),
        (META, "Talk:", ""),
        (META, "Small talk", ""),
        (META, "A dialogue: small talk", ""),
        (GERMAN, "Diskussion:Brücken", "Brücken"),
        (GERMAN, "Benutzer Diskussion:Ada", "Benutzer:Ada"),
        (GERMAN, "User talk:Ada", "Benutzer:Ada"),
        (Wiki(dbname="lanternwiki", namespaces=OWN), "Parley:Lamps", "Lamps"),
        (Wiki(dbname="lanternwiki", namespaces=OWN), "Lanternwiki talk:Lamps", "Lanternwiki:Lamps"),
        (Wiki(dbname="arwiki", language="ar"), "نقاش:الضوء", "الضوء"),
    ],
)
def test_a_talk_page_discusses_the_page_that_its_title_names(
    wiki: Wiki, title: str, subject: str
) -> None:
    assert subject_title(title, wiki) == subject


@pytest.mark.parametrize(
    ("language", "title", "is_told"),
    [
        ("de", "Wikipedia Diskussion:Lampen", False),
        ("fr", "Discussion Wikipédia:Lampes", False),
        ("ar", "نقاش ويكيبيديا:مصابيح", False),
        ("en", "Wikipedia talk:Lamps", False),
        ("de", "Lampen", True),
        ("de", "Diskussion über Lampen", True),
    ],
)
def test_a_title_outside_of_talk_namespaces_is_told(
    language: str, title: str, is_told: bool
) -> None:
    wiki = Wiki(dbname="lampwiki", language=language)
    assert bool(paste("x", wiki=wiki, title=title).said) is is_told
