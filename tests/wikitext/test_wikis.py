"""What is known of languages' and wikis' namespaces, and of the words on them."""

import json
from itertools import chain

import pytest

from threads.wikitext.languages import (
    DATA,
    NAMES,
    known_languages,
    profile_for,
    wiki_timezone,
    zone,
)
from threads.wikitext.links import Links, Target

WIKIS = json.loads((DATA / "wikis.json").read_text(encoding="utf-8"))


def target(language: str, source: str, wiki: str = "") -> Target:
    found = Links(profile_for(language, wiki=wiki), "Talk:Lamps").target(source)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "link", "kind"),
    [
        ("de", "Datei:Lampe.jpg", "file"),
        ("de", "Bild:Lampe.jpg", "file"),
        ("de", "file:Lampe.jpg", "file"),
        ("de", "Image:Lampe.jpg", "file"),
        ("de", "Kategorie:Lampen", "category"),
        ("de", ":Kategorie:Lampen", "page"),
        ("pt-br", "Ficheiro:Candeeiro.jpg", "file"),  # as in Portuguese, its fallback
        ("zh", "檔案:燈.jpg", "file"),
        ("ar", "تصنيف:مصابيح", "category"),
        ("bew", "Gepokan:Lampu.jpg", "file"),
        ("en", "Datei:Lampe.jpg", "page"),
    ],
)
def test_files_and_categories_are_known_in_every_language(
    language: str, link: str, kind: str
) -> None:
    assert target(language, link).kind == kind


def test_every_language_has_the_english_names() -> None:
    for code, _ in known_languages():
        profile = profile_for(code)
        assert {"file", "image"} <= profile.file, code
        assert "category" in profile.category, code
        assert "user" in profile.user, code
        assert "user talk" in profile.user_talk, code


@pytest.mark.parametrize(
    ("language", "link"),
    [
        ("pl", "Wikipedystka:Example"),
        ("pl", "Dyskusja wikipedysty:Example"),
        ("cs", "Diskuse s wikipedistkou:Example"),
        ("sk", "Redaktor:Example"),
        ("pt", "Usuário(a) Discussão:Example"),
        ("de", "BD:Example"),
        ("ru", "ОУ:Example"),
        ("zh", "UT:Example"),
        ("ckb", "لب:Example"),
        ("fr", "Discussion utilisatrice:Example"),
        ("ja", "利用者・トーク:Example"),
        ("ko", "사토:Example"),
        ("no", "Brukardiskusjon:Example"),
    ],
)
def test_a_language_knows_the_names_its_wikis_have_for_users(language: str, link: str) -> None:
    assert target(language, link).user == "Example"


def test_names_of_one_language_s_wikis_mean_nothing_in_another() -> None:
    assert target("en", "BD:Example").user is None
    assert target("de", "Wikipedysta:Example").user is None


def test_a_wiki_adds_names_that_its_language_does_not_have() -> None:
    assert target("en", "Naudotojas:Example").user is None
    assert target("en", "Naudotojas:Example", wiki="betawikiversity").user == "Example"
    assert target("en", "User:Example", wiki="betawikiversity").user == "Example"


def test_a_wiki_that_is_not_known_adds_nothing() -> None:
    assert profile_for("de", wiki="lanternwiki") == profile_for("de")


def test_wikis_are_told_in_known_languages_zones_and_fields() -> None:
    languages = {code for code, _ in known_languages()}
    for dbname, row in WIKIS.items():
        assert set(row) <= {*NAMES, "language", "timezone", "ascii_digits"}, dbname
        assert row.get("language", "en") in languages, dbname
        assert str(zone(wiki_timezone(dbname))) == row.get("timezone", "UTC")
        names = list(chain.from_iterable(row.get(field, ()) for field in NAMES))
        assert all(name == name.strip() and "_" not in name for name in names), dbname
