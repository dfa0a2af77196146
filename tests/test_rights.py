"""Under what license comments are: told the same wherever they are shown or given away."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.export import FORMATS, Selection

pytestmark = pytest.mark.django_db

NAME, URL = "CC BY 3.0 <nl>", "https://creativecommons.org/licenses/by/3.0/nl/"


@pytest.fixture(autouse=True)
def other_license(settings: Settings) -> None:
    settings.RIGHTS_TEXT, settings.RIGHTS_URL = NAME, URL


@pytest.fixture
def ident() -> str:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")), wiki=write_wiki())
    return models.Comment.objects.get().ident


@pytest.mark.parametrize("where", ["/", "/wiki/examplewiki/Talk:Bridges", "/search?q=why"])
def test_pages_name_it_with_its_link(client: Client, ident: str, where: str) -> None:
    html = client.get(where).text
    assert f'<a href="{URL}" rel="license">CC BY 3.0 &lt;nl&gt;</a>' in html


def test_citations_name_it(client: Client, ident: str) -> None:
    assert f"CC BY 3.0 &lt;nl&gt;, {URL}." in client.get(f"/cite/examplewiki/{ident}").text


def test_feeds_name_it(client: Client, ident: str) -> None:
    xml = client.get(reverse("feed")).text
    assert f'<link href="{URL}" rel="license"/>' in xml
    assert "available under CC BY 3.0 &lt;nl&gt;.</rights>" in xml


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("html", f'<a href="{URL}" rel="license">CC BY 3.0 &lt;nl&gt;</a>'),
        ("markdown", f"[CC BY 3.0 \\<nl\\>](<{URL}>)"),
        ("tei", f'<licence target="{URL}">'),
        ("convokit", f'{{"license":"{NAME}","license_url":"{URL}"}}'),
    ],
)
def test_exports_name_it(ident: str, form: str, said: str) -> None:
    data = b"".join(FORMATS[form].write(Selection()))
    if form == "convokit":
        data = ZipFile(BytesIO(data)).read("corpus.json")
    assert said in data.decode()


def test_a_page_that_was_kept_names_the_one_of_today(
    client: Client, ident: str, settings: Settings
) -> None:
    assert URL in client.get("/").text
    settings.RIGHTS_URL = "https://example.org/rights"
    assert "https://example.org/rights" in client.get("/").text
