"""What a live wiki's answers become, old and odd and hostile ones among them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pytest_django import Settings

from tests.webserver import Answer, WebServer, answer, web_server
from threads.edits import Edit
from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.sources import PageRevision, Source, Unusable, listing
from threads.ingest.sources.listing import PageChoice, full_title, split_title
from threads.ingest.sources.live_wiki import live_wiki
from threads.models import Revision, TalkPage, Wiki
from threads.models.wiki.packing import pack
from threads.store import count_rows

TEXT = "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"
NAMESPACES = {
    "0": {"name": ""},
    "1": {"name": "Diskussion", "aliases": ["Talk", "D"], "case": "first-letter"},
    "3": {"name": "Benutzer Diskussion", "aliases": ["User talk"], "case": "case-sensitive"},
}
Step = PageRevision | Unusable
Read = Callable[..., tuple[list[Step], WebServer]]


def page(number: int = 7, **facts: Any) -> dict[str, Any]:
    return {
        "pageid": number,
        "ns": 1,
        "title": f"Talk:Oil {number}",
        "contentmodel": "wikitext",
        "lastrevid": 10 * number,
        "length": 50,
        **facts,
    }


def revision(number: int = 70, **facts: Any) -> dict[str, Any]:
    main = {"contentmodel": "wikitext", "content": TEXT}
    return {"revid": number, "timestamp": "2019-05-01T10:00:00Z", "slots": {"main": main}, **facts}


def listed(*pages: dict[str, Any], **more: Any) -> Answer:
    return answer({"query": {"allpages": list(pages)}, **more})


def told(*pages: dict[str, Any]) -> Answer:
    return answer({"query": {"pages": list(pages)}})


@pytest.fixture
def read(settings: Settings, db: None) -> Iterator[Read]:
    """Read a choice of pages from a wiki that gives these answers."""
    with ExitStack() as running:

        def start(*answers: Answer, **choice: Any) -> tuple[list[Step], WebServer]:
            server = running.enter_context(web_server(answers))
            settings.IMPORT_PRIVATE_HOSTS = [server.host]
            wiki, _new = Wiki.objects.update_or_create(
                dbname="lanternwiki",
                defaults={"api_url": f"{server.address}/api.php", "namespaces": NAMESPACES},
            )
            choice = choice or {"prefix": "Talk:"}
            source: Source = live_wiki(wiki, PageChoice(**choice))
            return list(source.revisions), server

        yield start


def test_a_page_comes_with_all_that_is_known_of_it(read: Read) -> None:
    (found,), server = read(listed(page()), told(page()), told(page(revisions=[revision()])))

    assert isinstance(found, PageRevision)
    assert (found.title, found.text, found.number) == ("Talk:Oil 7", TEXT, 70)
    assert found.timestamp and found.timestamp.isoformat() == "2019-05-01T10:00:00+00:00"
    assert (found.page_number, found.at) == (7, 1)
    questions = [asked.question for asked in server.asked]
    assert questions[0]["apnamespace"] == "1"
    assert questions[0]["apfilterredir"] == "nonredirects"
    assert questions[1]["pageids"] == "\x1f7"
    assert questions[2]["revids"] == "\x1f70"


def test_fifty_pages_are_asked_for_at_once(read: Read) -> None:
    pages = [page(number) for number in range(1, 121)]
    full = [page(n, revisions=[revision(10 * n)]) for n in range(1, 121)]
    some = [told(*pages[at : at + 50]) for at in (0, 50, 100)]
    texts = [told(*full[at : at + 50]) for at in (0, 50, 100)]
    steps, server = read(
        listed(*pages), *(each for pair in zip(some, texts, strict=True) for each in pair)
    )

    assert [step.at for step in steps] == list(range(1, 121))
    assert len(server.asked) == 7


def test_large_pages_are_asked_for_a_few_at_once(read: Read) -> None:
    pages = [page(number, length=3_000_000) for number in (1, 2)]
    texts = [told(page(n, revisions=[revision(10 * n)])) for n in (1, 2)]

    _steps, server = read(listed(*pages), told(*pages), *texts)

    assert [asked.question.get("revids") for asked in server.asked[2:]] == ["\x1f10", "\x1f20"]


def test_before_slots_a_revisions_text_stood_beside_its_id(read: Read) -> None:
    old = {"revid": 70, "timestamp": "2010-05-01T10:00:00Z", "content": TEXT}

    (found,), _server = read(listed(page()), told(page()), told(page(revisions=[old])))

    assert isinstance(found, PageRevision)
    assert found.text == TEXT


@pytest.mark.parametrize(
    ("info", "content", "failed", "reason"),
    [
        ({"missing": True}, {}, False, "has been deleted on the wiki. The archived copy is"),
        ({"redirect": True}, {}, False, "This page is now a redirect"),
        ({"contentmodel": "flow-board"}, {}, False, "Content model “flow-board”"),
        ({}, {"slots": {"main": {"texthidden": True}}}, True, "revision 70 is hidden or missing"),
        ({}, {"slots": {"main": {"contentmodel": "css", "content": "a"}}}, False, "model “css”"),
        ({}, {"revid": 1}, True, "Revision 70 was deleted during the import"),
        ({}, {"slots": {"main": {"content": "x" * 2000}}}, True, "exceeds the limit"),
        ({"special": True}, {}, True, "Special pages cannot be imported"),
    ],
)
def test_what_cannot_be_imported_says_why(
    read: Read,
    settings: Settings,
    info: dict[str, Any],
    content: dict[str, Any],
    failed: bool,
    reason: str,
) -> None:
    settings.MAX_PAGE_BYTES = 1000
    (found,), _server = read(
        listed(page()), told(page(**info)), told(page(revisions=[revision(**content)]))
    )

    assert isinstance(found, Unusable)
    assert found.failed == failed
    assert reason in found.reason


def test_an_old_hidden_revision_is_no_failure(read: Read) -> None:
    history = told(page(revisions=[{"revid": 60}, {"revid": 70}]))
    hidden = revision(60, slots={"main": {"texthidden": True}})
    full = told(page(revisions=[hidden, revision(70)]))

    steps, _server = read(listed(page()), told(page()), history, full, prefix="Talk:", history=True)

    assert [type(step) for step in steps] == [Unusable, PageRevision]
    assert isinstance(steps[0], Unusable)
    assert not steps[0].failed


def test_what_the_archive_has_is_not_fetched(read: Read) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    kept = TalkPage.objects.create(wiki=wiki, title="Talk:Old name", number=7)
    count_rows(kept)
    text = Revision(page=kept, number=70, sha256="x", size=4, user="Ada", parent_number=60)
    text.compressed = pack(b"Kept")
    text.save()

    (found,), server = read(listed(page()), told(page()))

    assert isinstance(found, PageRevision)
    assert (found.title, found.text, found.number) == ("Talk:Oil 7", "Kept", 70)
    assert found.edit == Edit("Ada", parent_number=60)
    assert len(server.asked) == 2


def test_a_revision_of_which_an_earlier_archive_keeps_no_edit_is_fetched(read: Read) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    kept = TalkPage.objects.create(wiki=wiki, title="Talk:Oil 7", number=7)
    count_rows(kept)
    Revision.objects.create(page=kept, number=70, sha256="x", size=4, compressed=pack(b"Kept"))
    full = revision(user="Ada", comment=" lit\x1b ", minor=True, parentid=60)

    (found,), _server = read(listed(page()), told(page()), told(page(revisions=[full])))

    assert isinstance(found, PageRevision)
    assert found.edit == Edit("Ada", "lit\ufffd", minor=True, parent_number=60)


def test_what_the_wiki_hides_of_an_edit_is_hidden_here(read: Read) -> None:
    hidden = revision(userhidden=True, commenthidden=True, parentid=0)

    (found,), server = read(listed(page()), told(page()), told(page(revisions=[hidden])))

    assert isinstance(found, PageRevision)
    assert found.edit == Edit(user_hidden=True, summary_hidden=True, parent_number=0)
    assert server.asked[2].question["rvprop"] == "ids|timestamp|content|user|comment|flags"


def test_a_revision_that_the_wiki_has_moved_to_another_page_is_fetched(read: Read) -> None:
    """As its admins do when they merge the histories of two pages."""
    wiki = Wiki.objects.create(dbname="lanternwiki")
    kept = TalkPage.objects.create(wiki=wiki, title="Talk:Oil 8", number=8)
    count_rows(kept)
    text = Revision(page=kept, number=70, sha256="x", size=4)
    text.compressed = pack(b"Kept")
    text.save()
    pages = [page(7), page(8)]
    full = [page(7, revisions=[revision(70)]), page(8, revisions=[revision(80)])]

    steps, _server = read(listed(*pages), told(*pages), told(*full))

    assert [(step.title, type(step)) for step in steps] == [
        ("Talk:Oil 7", PageRevision),
        ("Talk:Oil 8", PageRevision),
    ]


@pytest.mark.parametrize("name", ["titles", "prefix", "category"])
def test_a_choice_with_control_characters_is_refused(name: str) -> None:
    title = "Talk:A\x00"
    given: dict[str, Any] = {name: [title] if name == "titles" else title}
    with pytest.raises(BadInput, match="control character at position 7"):
        PageChoice(**given)


@pytest.mark.parametrize(
    "title", ["Talk:\x00", "Talk:" + "x" * 3000, ""], ids=["NUL", "long", "no"]
)
def test_a_title_that_can_be_none_is_refused_and_named_without_harm(read: Read, title: str) -> None:
    bad = page(title=title)

    (found,), _server = read(listed(bad), told(bad), told({**bad, "revisions": [revision()]}))

    assert isinstance(found, Unusable)
    assert "Invalid title" in found.reason
    assert "\x00" not in found.title + found.reason
    assert 0 < len(found.title) < 100


@pytest.mark.parametrize(
    "answers",
    [
        [answer({"query": {"allpages": [{"title": "Talk:Oil"}]}})],
        [answer({"query": {"allpages": ["Talk:Oil"]}})],
        [answer({"query": ["allpages"]})],
        [listed(page()), told({"pageid": 7, "title": "Talk:Oil"})],
        [listed(page()), told(page()), told(page(revisions=[revision(timestamp="yesterday")]))],
    ],
)
def test_answers_that_make_no_sense_end_the_import_in_a_sentence(
    read: Read, answers: list[Answer]
) -> None:
    with pytest.raises(SourceBroke, match=r"Unexpected response from .*"):
        read(*answers)


def test_a_list_without_end_is_given_up(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 100)
    endless = [listed(page(n), **{"continue": {"apcontinue": str(n)}}) for n in range(1, 200)]

    with pytest.raises(SourceBroke, match="More than 100 pages"):
        read(*endless)


@pytest.mark.parametrize("choice", [{"titles": [" "]}, {"prefix": " "}, {"archives": True}])
def test_nothing_named_is_refused(read: Read, choice: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="Choose pages"):
        read(listed(), **choice)


def test_nothing_found_is_refused(read: Read) -> None:
    with pytest.raises(BadInput, match="prefix “Talk:None”"):
        read(listed(), prefix="Talk:None")


@pytest.mark.parametrize(
    ("prefix", "split", "full"),
    [
        ("Talk:oil/", (1, "oil/"), "Diskussion:Oil/"),
        ("d: oil_and", (1, "oil and"), "Diskussion:Oil and"),
        ("Benutzer_Diskussion:ada", (3, "ada"), "Benutzer Diskussion:ada"),
        ("Diskussion:", (1, ""), "Diskussion:"),
        (":Oil", (0, "Oil"), "Oil"),
        ("Star Wars: a talk", (0, "Star Wars: a talk"), "Star Wars: a talk"),
    ],
)
def test_the_beginning_of_a_title_is_read_with_the_wikis_namespaces(
    prefix: str, split: tuple[int, str], full: str
) -> None:
    wiki = Wiki(dbname="lanternwiki", namespaces=NAMESPACES)

    assert split_title(prefix, wiki) == split
    assert full_title(prefix, wiki) == full
