"""Every id, name and title has an address, and it leads back: whatever they are made of."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from threads.models import Author, Comment, FormerId, Section, TalkPage, Wiki

from .everything import one_of_each
from .odd import MEANINGS, ODD, import_page, wikitext, write_odd_archive

pieces = st.sampled_from(ODD) | st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=3
)
odd_texts = st.lists(pieces, min_size=1, max_size=6).map("".join).filter(bool)
# What a browser, a proxy or a server takes out of a path, or refuses to have in one.
NOT_CARRIED = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)|%[01][0-9a-f]|%7f", re.IGNORECASE)
# All that means something in an address, in HTML, or in ours, several in one text.
MEANT = ["/".join(MEANINGS[start::2]) for start in range(2)]
DATA = ("href", "action", "hx-get", "hx-post", "data-preview")


@given(odd_texts)
def test_an_address_leads_back_to_any_text(text: str) -> None:
    path = reverse("comment", args=[text])

    assert not NOT_CARRIED.search(path)
    assert resolve(unquote(path)).kwargs == {"ident": text}


@given(odd_texts.map(lambda text: text.replace("_", " ")))
def test_an_address_leads_back_to_any_name(name: str) -> None:
    for view in ("author", "page"):
        path = reverse(view, args=["oddwiki", name])

        assert not NOT_CARRIED.search(path)
        assert resolve(unquote(path)).kwargs == {"dbname": "oddwiki", "name": name}


@given(odd_texts, odd_texts)
def test_no_two_texts_have_one_address(one: str, other: str) -> None:
    same = reverse("comment", args=[one]) == reverse("comment", args=[other])
    assert same == (one == other)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("c-Ada-2019-04-24T06:43:00.000Z-Plan", "c-Ada-2019-04-24T06:43:00.000Z-Plan"),
        ("c-A-2019-Why?_#1;_50%_~x", "c-A-2019-Why%3F_%231;_50%25_~x"),
        ("c-A-2019-https://example.org/a//b", "c-A-2019-https://example.org/a//b"),
        ("c-A-2019-…/.hidden/a..b/...", "c-A-2019-%E2%80%A6/.hidden/a..b/..."),
        ("c-A-2019-a/../b", "c-A-2019-a/~2E./b"),
        ("c-A-2019-~/.", "c-A-2019-~7E/~2E"),
        ("c-A-2019-a\x7f", "c-A-2019-a~7F"),
    ],
)
def test_only_what_a_path_cannot_carry_is_escaped(text: str, path: str) -> None:
    assert reverse("comment", args=[text]) == f"/comment/{path}"


@pytest.mark.parametrize("ident", ["a%00b", "a~00b"])
def test_no_address_leads_to_nul(client: Client, db: None, ident: str) -> None:
    for place in ("comment", "author/x", "wiki/x", "cite/x"):
        assert client.get(f"/{place}/{ident}").status_code == 404


def as_browsers_ask(address: str) -> str:
    """An address as a browser sends it: without dot segments, written either way."""
    path, mark, rest = address.partition("?")
    plain = re.sub(r"(?<=/)(?:\.|%2e){1,2}(?=/|$)", lambda m: unquote(m[0]), path, flags=re.I)
    return joined("http://testserver/", plain) + mark + rest


def joined(base: str, link: str) -> str:
    """As `urljoin`, which loses a semicolon at a path's end."""
    return urljoin(base, link.replace(";", "%3B"))


class Reader:
    """Follows addresses as a browser does, and sees whether they lead somewhere."""

    def __init__(self) -> None:
        self.client = Client()
        self.broken: list[tuple[str, str]] = []
        self._ids: dict[str, set[str]] = {}  # of what was shown, by address

    def ids(self, address: str, found_on: str = "") -> set[str]:
        """Those of the page that an address leads to; where many lead to one, it is made once."""
        place = address.partition("#")[0]
        if place not in self._ids:
            answer = self.client.get(as_browsers_ask(place))
            if "Location" in answer.headers:
                self._ids[place] = self.ids(answer.headers["Location"], found_on)
            else:
                self._look_at(answer, place, found_on)
        return self._ids[place]

    def _look_at(self, answer: Any, address: str, found_on: str = "") -> LexborHTMLParser:
        if answer.status_code not in (200, 410):
            self.broken.append((address, found_on))
        is_json = answer.headers["Content-Type"].startswith("application/json")
        html = LexborHTMLParser(b"" if is_json else answer.content)
        self._ids[address] = ids_in(html)
        return html

    def follow(self, address: str) -> None:
        """Read a page, and everything that it names an address of."""
        answer = self.client.get(as_browsers_ask(address), follow=True)
        for link in addresses_in(self._look_at(answer, address), address):
            fragment = link.partition("#")[2]
            there = self.ids(link, address)
            if fragment and unquote(fragment) not in there | self.ids(address):
                self.broken.append((link, address))


def ids_in(html: LexborHTMLParser) -> set[str]:
    return {str(each.attributes["id"]) for each in html.css("[id]")}


def addresses_in(html: LexborHTMLParser, here: str) -> Iterator[str]:
    """Addresses of the archive's reader that a page names, in whatever attribute; not those in
    texts, whose authors may have meant anything."""
    for text in html.css(".text"):
        text.decompose()
    for name in DATA:
        for element in html.css(f"[{name}]"):
            link = element.attributes[name] or ""
            if link.startswith("#"):
                yield here.partition("#")[0] + link
                continue
            parts = urlsplit(joined(f"http://testserver{here}", link))
            if parts.netloc == "testserver" and not parts.path.startswith(
                ("/admin", "/assets", "/static")
            ):
                yield parts._replace(scheme="", netloc="").geturl()


def rows_lead_back(client: Client) -> None:
    """Every row's address shows that very row."""

    def shown(address: str, name: str, **options: object) -> Any:
        answer = client.get(as_browsers_ask(address), follow=True, **options)  # type: ignore[arg-type]
        assert answer.status_code in (200, 410), address
        return answer.context[name]

    reader, fragments = Reader(), {"HX-Request": "true"}
    for page in TalkPage.objects.select_related("wiki"):
        assert shown(page.get_absolute_url(), "page") == page
    for author in Author.objects.select_related("wiki"):
        assert shown(author.get_absolute_url(), "author") == author
    views = cycle([("history", {}), ("cite", {}), ("reply", {}), ("preview", fragments)])
    for comment in Comment.objects.with_context():
        view, headers = next(views)
        address = reverse(view, args=[comment.page.wiki.dbname, comment.ident])
        if comment.is_current or view != "reply":
            assert shown(address, "comment", headers=headers).ident == comment.ident, view
        address = reverse("comment", args=[comment.ident])
        if comment.ident not in reader.ids(address):
            choice = client.get(as_browsers_ask(address)).content.decode()
            assert "appears on several pages" in choice, address
    for section in Section.objects.current().select_related("page__wiki"):
        here = section.page.get_absolute_url()
        topic = client.get(here, {"topic": section.ident})
        assert topic.context["alone"] == section
        assert unquote(section.get_absolute_url().partition("#")[2]) == section.ident
    for former in FormerId.objects.all():
        assert client.get(reverse("comment", args=[former.ident])).status_code in (302, 410)
    assert not reader.broken


@pytest.mark.django_db
def test_every_row_of_an_odd_archive_has_an_address_that_shows_it(client: Client) -> None:
    write_odd_archive()
    rows_lead_back(client)


@pytest.mark.django_db
@pytest.mark.any_database
def test_every_address_that_a_page_names_leads_to_what_it_means() -> None:
    write_odd_archive(MEANT)
    reader = Reader()
    for address in one_of_each().values():
        reader.follow(address)
    assert not reader.broken


@pytest.mark.django_db
@pytest.mark.any_database
@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(odd_texts, min_size=1, max_size=3))
def test_whatever_is_imported_has_addresses_that_lead_back(
    client: Client, texts: list[str]
) -> None:
    wiki = Wiki.objects.get_or_create(dbname="anywiki")[0]
    page = import_page(wiki, "Talk:Any", wikitext(texts))
    reader = Reader()
    rows_lead_back(client)
    for address in (
        "/",
        page.get_absolute_url(),
        "/search?q=said",
        "/since/anywiki/?day=2019-01-01",
    ):
        reader.follow(address)
    page.delete()
    Author.objects.all().delete()
    assert not reader.broken
