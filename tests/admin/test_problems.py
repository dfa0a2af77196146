"""What the parser noticed, as the admin shows it: by kind, counted, each with its place."""

import re
from html import escape
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.ingest.sources.paste import paste
from threads.models import ImportRun, TalkPage, Wiki

SIGNED = "[[User:{}]] 10:0{}, 1 May 2019 (UTC)"
ADA, BEN = SIGNED.format("Ada", 0), SIGNED.format("Ben", 1)
TITLE = "Talk:Harbour lights"
TEXT = f"""== Oil <& wicks ==
Lit? {ADA}
::::No. {BEN}

== Wicks ==
Trim them, says [[User:Cyd]]

Lit? {ADA}

Lit? {ADA}

It is {{{{small. {BEN}
"""


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", name="Lanternwiki")


def kept(wiki: Wiki, text: str = TEXT) -> TalkPage:
    start_run(wiki, paste(text, wiki=wiki, title=TITLE))
    return TalkPage.objects.get()


def shown(client: Client, name: str, key: int) -> str:
    address = reverse(f"admin:threads_{name}_change", args=[key])
    return one_line(client.get(address).content.decode())


def one_line(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def preview(client: Client, wiki: Wiki, **given: Any) -> str:
    data = {"step": "preview", "title": TITLE, "text": TEXT, "wiki": str(wiki.pk), **given}
    return one_line(client.post("/admin/threads/talkpage/add/", data).content.decode())


def test_a_preview_counts_problems_by_kind_and_notes_apart(
    admin_client: Client, wiki: Wiki
) -> None:
    page = preview(admin_client, wiki)
    assert "1 warning:</strong> Unclosed template, link or tag" in page
    assert "1 note:</strong> Indentation skips a level" in page
    assert "1 note:</strong> Duplicate ID" in page
    assert page.index("1 warning:") < page.index("1 note:")


def test_a_preview_tells_section_and_words_of_each_and_links_to_it_below(
    admin_client: Client, wiki: Wiki
) -> None:
    page = preview(admin_client, wiki)
    told = re.search(r'<bdi>Oil &lt;&amp; wicks</bdi>: <a href="#([^"]*)" dir="auto">No.</a>', page)
    assert told
    assert f'<li class="indent-2" id="{unquote(told[1])}"><b><bdi>Ben' in page
    assert "<bdi>Wicks</bdi>: " in page


def test_a_preview_of_many_pages_tells_all_problems_by_kind_with_their_pages(
    admin_client: Client, wiki: Wiki
) -> None:
    source = [PageRevision(title, TEXT) for title in ("Talk:A", "Talk:B")]
    for dry in (True, False):
        run = start_run(wiki, Source("paste", source), dry=dry)
        page = LexborHTMLParser(shown(admin_client, "importrun", run.pk))
        kinds = page.css("section .problems")
        said = [kind.css("summary")[0].text().split(":")[0].strip() for kind in kinds]
        assert sorted(said) == ["2 notes", "2 notes", "2 warnings"]
        assert said[0] == "2 warnings"
        places = [place.text() for place in kinds[0].css("li")]
        assert [place.partition(",")[0].strip() for place in places] == ["Talk:A", "Talk:B"]
        assert bool(kinds[0].css("li a")) is not dry
        assert "2 warnings, 4 notes" in page.css(".facts")[0].text()
        row = page.css("#result_list tbody tr")[0]
        assert "1 problem" not in row.css("td")[1].text()


def test_a_run_counts_problems_and_notes_apart(admin_client: Client, wiki: Wiki) -> None:
    kept(wiki)
    run = one_line(admin_client.get(reverse("admin:threads_importrun_changelist")).text)
    page = shown(admin_client, "importrun", ImportRun.objects.get().pk)
    assert "1 warning, 2 notes" in f"{run}{page}"


@pytest.mark.parametrize("where", ["talkpage", "importrun", "revision"])
def test_pages_runs_and_revisions_link_to_the_place_on_the_archived_page(
    admin_client: Client, wiki: Wiki, where: str
) -> None:
    page = kept(wiki)
    assert page.current_revision
    keys = {
        "talkpage": page.pk,
        "importrun": ImportRun.objects.get().pk,
        "revision": page.current_revision.pk,
    }
    html = shown(admin_client, where, keys[where])
    (comment,) = page.comments.current().filter(text="No.")
    assert f'<a href="{escape(comment.get_absolute_url())}" dir="auto">No.</a>' in html
    assert "1 note:</strong> Indentation skips" in html


def test_unsigned_text_has_its_section_for_a_place(admin_client: Client, wiki: Wiki) -> None:
    page = kept(wiki, f"== Wicks ==\nLit? {ADA}\n\nTrim them, says [[User:Cyd]]")
    (section,) = page.sections.exclude(heading="")
    html = shown(admin_client, "talkpage", page.pk)
    assert f'<a href="{section.get_absolute_url()}" dir="auto">Trim them, says User:Cyd</a>' in html


def test_an_earlier_revision_has_places_but_no_links(admin_client: Client, wiki: Wiki) -> None:
    earlier = kept(wiki).current_revision
    kept(wiki, TEXT + "\nMore.")
    assert earlier
    html = shown(admin_client, "revision", earlier.pk)
    assert '<span dir="auto">No.</span>' in html


def test_what_was_stored_before_problems_had_places_still_shows(
    admin_client: Client, wiki: Wiki
) -> None:
    page = kept(wiki)
    assert page.current_revision
    page.current_revision.problems = [
        {"code": "too-deep", "message": "It is too deep.", "start": 12, "end": 40}
    ]
    page.current_revision.save()
    for name, key in (("talkpage", page.pk), ("importrun", ImportRun.objects.get().pk)):
        html = shown(admin_client, name, key)
        assert "1 warning:</strong> It is too deep." in html
        assert '<span dir="auto">12–40</span>' in html


def test_a_run_shows_some_places_of_a_kind_and_counts_the_others(
    admin_client: Client, wiki: Wiki
) -> None:
    page = kept(wiki, "".join(f"== {n} ==\nLit? [[User:Ada]]\n" for n in range(12)))
    run = shown(admin_client, "importrun", ImportRun.objects.get().pk)
    assert "12 warnings:" in run
    assert "<bdi>9</bdi>" in run
    assert "<bdi>10</bdi>" not in run
    assert "and 2 more" in run
    assert "<bdi>11</bdi>" in shown(admin_client, "talkpage", page.pk)


def test_a_run_tells_nothing_twice(admin_client: Client, wiki: Wiki) -> None:
    kept(wiki)
    run = shown(admin_client, "importrun", ImportRun.objects.get().pk)
    assert run.count("Indentation skips a level") == 1


def test_a_preview_of_a_redirect_says_where_it_leads(admin_client: Client, wiki: Wiki) -> None:
    page = preview(admin_client, wiki, text="\ufeff#REDIRECT [[Talk:Oil]]")
    assert "1 note:</strong> This page redirects to “Talk:Oil”" in page
    assert "Nobody has signed" not in page
