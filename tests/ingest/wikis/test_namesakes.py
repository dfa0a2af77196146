"""A wiki that is called as one of Wikimedia's, and is none: by every way in, in both orders."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.ingest.exports import export, page, revision
from tests.webserver import answer, web_server
from threads.ingest.errors import BadInput
from threads.ingest.titles import page_title
from threads.ingest.wikis.discovery import wiki_at
from threads.ingest.wikis.siteinfo import SiteInfo, wiki_of
from threads.ingest.wikis.target import open_wiki
from threads.models import Comment, Wiki
from threads.models.wiki.wikis import is_wikimedias
from threads.store import parse_options
from threads.wikitext.site.languages import profile_for

PRIVATE = "https://wiki.example"
WIKIPEDIA = "https://it.wikipedia.org"
# In the zone of the Italian Wikipedia this is no signature: there it says “(CEST)”.
SUMMER = "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


def told(dbname: str = "itwiki", base: str = PRIVATE, **more: Any) -> SiteInfo:
    return SiteInfo(dbname=dbname, base=f"{base}/wiki/Main", **more)


def facts(wiki: Wiki) -> tuple[str, str, str, str]:
    return wiki.server, wiki.language, wiki.timezone, wiki.known_as


NAMESAKE = (PRIVATE, "en", "UTC", f"{PRIVATE}/")
ITALIAN = (WIKIPEDIA, "it", "Europe/Berlin", "itwiki")


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("https://it.wikipedia.org", True),
        ("http://it.m.wikipedia.org:80/", True),
        ("https://wikisource.org", True),
        ("https://www.mediawiki.org", True),
        ("https://META.wikimedia.org", True),
        ("https://it.wikipedia.org.example", False),
        ("https://" + "notwikipedia.org", False),
        ("https://it.wikipedia.example", False),
        ("https://wiki.example/it.wikipedia.org", False),
        ("", False),
    ],
)
def test_wikimedias_servers_are_known_by_their_domains(server: str, expected: bool) -> None:
    assert is_wikimedias(server) == expected


def test_a_wiki_elsewhere_gets_nothing_of_its_namesake(db: None) -> None:
    wiki, said = wiki_of(told())

    assert facts(wiki) == NAMESAKE
    assert wiki.name == ""
    assert len(said) == 1
    assert said[0].startswith("“itwiki” is also the database name of Italian Wikipedia")
    assert "such as “itwiki2”" in said[0]


def test_a_wiki_of_wikimedias_gets_what_is_known_of_it(db: None) -> None:
    wiki, said = wiki_of(told(base=WIKIPEDIA))

    assert facts(wiki) == ITALIAN
    assert (wiki.name, said) == ("Italian Wikipedia", [])


def test_what_a_wiki_tells_goes_before_what_is_known_of_it(db: None) -> None:
    wiki, _said = wiki_of(told(base=WIKIPEDIA, language="nap", timezone="Europe/Rome"))

    assert facts(wiki) == (WIKIPEDIA, "nap", "Europe/Rome", "itwiki")


def test_who_only_names_a_wiki_means_wikimedias(db: None) -> None:
    assert facts(open_wiki("itwiki")) == ITALIAN
    assert facts(wiki_of(SiteInfo(dbname="itwiki"))[0]) == ITALIAN


@pytest.mark.parametrize(
    ("first", "second"), [(PRIVATE, WIKIPEDIA), (WIKIPEDIA, PRIVATE), (PRIVATE, "http://b.example")]
)
def test_namesakes_are_not_mixed_whoever_comes_first(db: None, first: str, second: str) -> None:
    wiki_of(told(base=first))[0].save()

    with pytest.raises(BadInput, match=f"already used for {first}; this wiki is at {second}") as no:
        wiki_of(told(base=second))
    assert no.value.field == "dbname"
    assert "such as “itwiki2”, or update the wiki's URL" in str(no.value)

    wiki, _said = wiki_of(told(base=second), dbname="itwiki2")
    assert (wiki.dbname, wiki.server) == ("itwiki2", second)
    assert wiki_of(told(base=first))[0].pk, "the first one's later imports go on"


def test_one_wiki_of_wikimedias_may_have_several_addresses(db: None) -> None:
    Wiki.objects.create(dbname="be_x_oldwiki", server="https://be-x-old.wikipedia.org")

    wiki, _said = wiki_of(told("be_x_oldwiki", "https://be-tarask.wikipedia.org"))

    assert wiki.pk


def test_the_wikis_of_an_archive_stay_as_they_are(db: None) -> None:
    """One that got Wikipedia's facts by its name, and one whose address nobody has given."""
    Wiki.objects.create(dbname="itwiki", server=WIKIPEDIA, language="it", timezone="Europe/Berlin")
    Wiki.objects.create(dbname="dewiki", language="de", timezone="Europe/Berlin")

    assert facts(open_wiki("itwiki")) == ITALIAN
    assert facts(open_wiki("dewiki")) == ("", "de", "Europe/Berlin", "dewiki")


def test_tables_of_wikimedias_names_and_templates_are_not_used_for_a_namesake(db: None) -> None:
    wiki = Wiki(dbname="commonswiki", server=PRIVATE)
    known = parse_options(wiki)

    profile = profile_for(known["language"], wiki=known["wiki"])

    assert profile.templates == profile_for("en").templates
    assert profile.templates != profile_for("en", wiki="commonswiki").templates
    for server in (PRIVATE, "http://enwiktionary"):
        wiktionary = Wiki(dbname="enwiktionary", server=server)
        assert page_title("Talk:lamp", wiktionary) == "Talk:Lamp"
    assert page_title("Talk:lamp", Wiki(dbname="enwiktionary")) == "Talk:lamp"


def dump(folder: Path, base: str) -> str:
    file = folder / "dump.xml"
    text = export(page("Talk:Lamps", revision(SUMMER)), dbname="itwiki")
    file.write_text(text.replace("https://lantern.example", base))
    return str(file)


@pytest.mark.django_db
def test_a_dump_of_a_namesake(tmp_path: Path) -> None:
    beside = io.StringIO()
    file = dump(tmp_path, PRIVATE)

    call_command("import_dump", file, "--processes=1", stdout=io.StringIO(), stderr=beside)

    assert "also the database name of Italian Wikipedia" in beside.getvalue()
    assert facts(Wiki.objects.get()) == NAMESAKE
    assert Comment.objects.get().timestamp.hour == 10

    with pytest.raises(CommandError, match=f"already used for {PRIVATE}") as refused:
        call_command("import_dump", dump(tmp_path, WIKIPEDIA), "--processes=1")
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_pasted_text_is_of_the_archives_wiki_of_that_name_else_of_wikimedias(
    tmp_path: Path,
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(SUMMER)
    paste = ("import_page", str(file), "--title=Talk:Lamps")

    call_command(*paste, "--wiki=itwiki", stdout=io.StringIO())
    assert facts(Wiki.objects.get()) == ITALIAN

    Wiki.objects.create(dbname="dewiki", server=PRIVATE)
    call_command(*paste, "--wiki=dewiki", stdout=io.StringIO())
    assert facts(Wiki.objects.get(dbname="dewiki")) == NAMESAKE


@pytest.mark.parametrize("server", ["{address}", WIKIPEDIA, "//it.wikipedia.org", "javascript:x"])
def test_an_api_is_believed_to_be_wikimedias_only_at_wikimedias(
    settings: Settings, db: None, server: str
) -> None:
    """A copy of Wikipedia may say that it is Wikipedia, and so may who wants to be taken for it."""
    general = {"wikiid": "itwiki", "generator": "MediaWiki 1.39.17", "lang": "en"}
    with web_server([]) as running:
        settings.IMPORT_PRIVATE_HOSTS = [running.host]
        general["server"] = server.format(address=running.address)
        running.answers.append(answer({"query": {"general": general}}))
        url = f"{running.address}/w/api.php"

        wiki, said = wiki_at(url)

        assert facts(wiki) == (running.address, "en", "UTC", f"{running.address}/")
        assert "Its settings are not used" in said[0]
        Wiki.objects.create(dbname="itwiki", server=WIKIPEDIA, language="it")
        with pytest.raises(BadInput, match=f"already used for {WIKIPEDIA}"):
            wiki_at(url)
