"""What is known of languages' and wikis' namespaces, and of the words on them."""

import json
from dataclasses import replace
from itertools import chain

import pytest

from threads.wikitext.site.languages import known_languages, profile_for, wiki_timezone, zone
from threads.wikitext.site.links import Links, Target
from threads.wikitext.site.overrides import NAMES
from threads.wikitext.site.tables import DATA
from threads.wikitext.site.template_facts import EFFECTS, check

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
    assert profile_for("de", wiki="lanternwiki") == replace(profile_for("de"), wiki="lanternwiki")


def test_wikis_are_told_in_known_languages_zones_and_fields() -> None:
    languages = {code for code, _ in known_languages()}
    for dbname, row in WIKIS.items():
        assert set(row) <= {*NAMES, "language", "timezone", "ascii_digits"}, dbname
        assert row.get("language", "en") in languages, dbname
        assert str(zone(wiki_timezone(dbname))) == row.get("timezone", "UTC")
        names = list(chain.from_iterable(row.get(field, ()) for field in NAMES))
        assert all(name == name.strip() and "_" not in name for name in names), dbname


TEMPLATES = json.loads((DATA / "templates.json").read_text(encoding="utf-8"))


def test_each_template_has_the_facts_of_its_effect() -> None:
    for scope, rows in TEMPLATES.items():
        for name, row in rows.items():
            check(f"{scope}: {name}", row)


def test_templates_are_told_for_known_languages_and_wikis_by_lower_case_names() -> None:
    languages = {code for code, _ in known_languages()}
    for scope, rows in TEMPLATES.items():
        assert scope == "*" or scope in languages or scope.endswith("wiki"), scope
        assert all(name == name.strip().lower() and "_" not in name for name in rows), scope


def test_the_readme_describes_every_effect() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"`{effect}`" in readme for effect in EFFECTS)


def test_what_means_the_same_everywhere_is_known_in_every_language() -> None:
    for language in ("en", "de", "ckb"):
        assert profile_for(language).templates["unsigned"]["user"] == "1"
        assert profile_for(language).templates["outdent"]["effect"] == "outdent"


@pytest.mark.parametrize(
    ("language", "name", "user", "time"),
    [
        ("fr", "non signé", "1", "2"),
        ("fr", "non signé2", "2", "1"),
        ("it", "nf", "2", "1"),
        ("de", "unsigniert", "1", "2"),
        ("ru", "не подписано", "1", "2"),
        ("pt-br", "não assinou", "1", "2"),  # as in Portuguese, its fallback
    ],
)
def test_a_language_has_templates_that_sign(language: str, name: str, user: str, time: str) -> None:
    facts = profile_for(language).templates[name]
    assert (facts["effect"], facts["user"], facts["time"]) == ("sign", user, time)


def test_a_language_says_how_it_shows_a_mention() -> None:
    shown = {code: profile_for(code).templates["ping"] for code in ("en", "fr", "pl")}
    assert {code: (facts["before"], facts["after"]) for code, facts in shown.items()} == {
        "en": ("@", ":"),
        "fr": ("@", " :"),
        "pl": ("@", ""),
    }


def test_what_only_english_wikis_have_is_not_known_elsewhere() -> None:
    assert "unsig" in profile_for("en").templates
    assert "unsig" not in profile_for("de").templates


def test_a_wiki_goes_before_its_language() -> None:
    assert "zone" not in profile_for("en").templates["unsigned2"]
    assert profile_for("en", wiki="commonswiki").templates["unsigned2"]["zone"] is False


def test_a_language_has_its_words_and_the_english_ones() -> None:
    words = profile_for("de").words
    assert {"#WEITERLEITUNG", "#REDIRECT"} <= words["redirect"]
    assert {"__KEIN_INHALTSVERZEICHNIS__", "__NOTOC__"} <= words["switches"]
    assert {"rechts", "right", "mini"} <= words["file_options"]
    assert {"ERS:", "SUBST:"} <= words["substitute"]
    assert "rechts" not in profile_for("en").words["file_options"]


def test_languages_and_wikis_without_words_for_positions_share_what_they_have() -> None:
    german = profile_for("de").outcomes
    assert profile_for("de", wiki="dewiki").outcomes is german
    assert profile_for("fi").outcomes is profile_for("el").outcomes is not german
