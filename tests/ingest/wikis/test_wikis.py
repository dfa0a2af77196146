"""The wiki of an import: the archive's, or a new one with what its name tells."""

import pytest
from django.utils import translation

from tests.wikitext.test_date_formats import BAD_PROFILES
from threads.ingest.errors import BadInput
from threads.ingest.wikis.target import check_wiki, open_wiki
from threads.models import Wiki
from threads.wikitext.site.wikimedia import PROJECTS, SINGLE, WikimediaSite, site


@pytest.mark.parametrize(
    ("dbname", "expected"),
    [
        ("metawiki", WikimediaSite("Meta-Wiki", "https://meta.wikimedia.org")),
        ("enwiki", WikimediaSite("English Wikipedia", "https://en.wikipedia.org")),
        (
            "dewikibooks",
            WikimediaSite("German Wikibooks", "https://de.wikibooks.org", "de", "Europe/Berlin"),
        ),
        (
            "zh_min_nanwiki",
            WikimediaSite("Min Nan Chinese Wikipedia", "https://zh-min-nan.wikipedia.org", "nan"),
        ),
        ("lanternwiki", WikimediaSite()),
        ("wiki", WikimediaSite()),
        ("intranet", WikimediaSite()),
    ],
)
def test_a_wikimedia_wiki_is_known_by_its_database_name(
    dbname: str, expected: WikimediaSite
) -> None:
    assert site(dbname) == expected


def test_no_wiki_is_in_both_tables() -> None:
    assert not set(SINGLE) & set(PROJECTS)
    assert all(host.endswith("org") for _name, host in (*SINGLE.values(), *PROJECTS.values()))


def test_a_new_wiki_is_not_saved_yet(db: None) -> None:
    wiki = open_wiki("lanternwiki", language="de", timezone="Europe/Berlin")

    assert (wiki.language, wiki.timezone) == ("de", "Europe/Berlin")
    assert not Wiki.objects.exists()


def test_a_wiki_of_the_archive_is_taken_as_it_is(db: None) -> None:
    kept = Wiki.objects.create(dbname="lanternwiki", language="de")

    assert open_wiki("lanternwiki") == kept
    assert open_wiki("lanternwiki", language="DE") == kept


@pytest.mark.parametrize(
    ("dbname", "options", "field", "said"),
    [
        (
            "kept",
            {"language": "fr"},
            "language",
            "already set to “de”, not “fr”. Leave the field empty",
        ),
        ("kept", {"timezone": "Asia/Tokyo"}, "timezone", "already set to “UTC”"),
        ("new", {"language": "nonsense"}, "language", "no language “nonsense”"),
        ("new", {"timezone": "Mars/Sol"}, "timezone", "no time zone “Mars/Sol”"),
        ("Not a name", {}, "dbname", "“Not a name” is not a valid database name"),
        ("", {}, "dbname", "database name"),
        ("w" * 65, {}, "dbname", "database name"),
    ],
)
def test_a_wiki_that_cannot_be_is_refused(
    db: None, dbname: str, options: dict[str, str], field: str, said: str
) -> None:
    Wiki.objects.create(dbname="kept", language="de")

    with pytest.raises(BadInput) as refused:
        open_wiki(dbname, **options)

    assert refused.value.field == field
    assert said in str(refused.value)


@pytest.mark.parametrize(("profile", "said"), BAD_PROFILES)
def test_a_profile_that_cannot_be_used_is_refused_in_the_admins_language(
    profile: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        check_wiki(Wiki(dbname="lanternwiki", profile=profile))
    with translation.override("de"), pytest.raises(BadInput, match="Profil") as refused:
        check_wiki(Wiki(dbname="lanternwiki", profile=profile))
    assert "{" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"language": "qqx-x"}, "language", "Eine Sprache „qqx-x“ gibt es in MediaWiki nicht."),
        ({"timezone": "Mars"}, "timezone", "Eine Zeitzone „Mars“ gibt es nicht."),
    ],
)
def test_what_is_wrong_with_a_wiki_is_told_in_the_editors_language(
    given: dict[str, str], field: str, said: str
) -> None:
    with translation.override("de"), pytest.raises(BadInput) as told:
        check_wiki(Wiki(dbname="examplewiki", **given))
    assert told.value.field == field
    assert str(told.value).startswith(said)
