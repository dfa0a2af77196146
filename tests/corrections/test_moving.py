"""A comment that replies to another one than the wikitext says: where it stands then."""

from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.corrections.editing import address, by, correct, fields_of, send
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Comment, Wiki

TEXT = (
    "== Lamps ==\n"
    "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    ":Both of them. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n\n"
    "Oil is dear. [[User:Cem]] 12:00, 1 May 2019 (UTC)\n\n"
    "I light them. [[User:Dag]] 13:00, 1 May 2019 (UTC)\n"
    ":Thank you. [[User:Eva]] 14:00, 1 May 2019 (UTC)\n"
)


def threads_saved() -> list[tuple[str, str]]:
    """Who wrote each comment and how deep it stands, in reading order."""
    comments = Comment.objects.current().order_by("position")
    return [(c.author.name, f"indent-{c.depth}") for c in comments.select_related("author")]


def threads_shown(page: LexborHTMLParser) -> list[tuple[str, str]]:
    """The same of the preview of what a correction makes of them."""
    after = page.css(".thread-state")[1]
    names = [each.text() for each in after.css("li bdi:first-of-type")]
    return [
        (name, (li.attributes["class"] or "").split()[0])
        for name, li in zip(names, after.css("li"), strict=True)
    ]


def test_it_stands_where_the_preview_says(admin_client: Client) -> None:
    page = LexborHTMLParser(send(admin_client, by("Dag"), "parent", parent=by("Ben").pk))
    shown = threads_shown(page)

    admin_client.post(address(by("Dag")), fields_of(page) | {"step": "save"})

    saved = [("Ada", 0), ("Ben", 1), ("Dag", 2), ("Eva", 3), ("Cem", 0)]
    assert threads_saved() == [(name, f"indent-{depth}") for name, depth in saved]
    assert shown == threads_saved()[: len(shown)]


def test_its_replies_go_with_it_and_a_correction_of_theirs_is_kept(admin_client: Client) -> None:
    correct(admin_client, "Dag", "parent", parent=by("Ada").pk)
    correct(admin_client, "Eva", "parent", parent=by("Cem").pk)

    assert [name for name, _ in threads_saved()] == ["Ada", "Ben", "Dag", "Cem", "Eva"]
    page = LexborHTMLParser(send(admin_client, by("Dag"), "parent", parent=by("Cem").pk))
    assert threads_shown(page)[-2:] == [("Dag", "indent-1"), ("Eva", "indent-1")]


def test_it_is_merged_with_what_stands_next_to_it_in_the_wikitext(admin_client: Client) -> None:
    correct(admin_client, "Dag", "parent", parent=by("Ada").pk)

    page = LexborHTMLParser(admin_client.get(address(by("Dag"))).text)
    offered = [each.text() for each in page.css("select[name=join-neighbour] option")]
    assert [("Cem" in each, "Eva" in each) for each in offered] == [(True, False), (False, True)]
    correct(admin_client, "Dag", "join", neighbour=by("Eva").position)
    assert by("Dag").text.startswith("I light them.\nThank you.")
    assert [name for name, _ in threads_saved()] == ["Ada", "Ben", "Dag", "Cem"]


def test_an_import_without_its_parent_says_so(admin_client: Client) -> None:
    correct(admin_client, "Dag", "parent", parent=by("Ben").pk)
    wiki = Wiki.objects.get()
    without = TEXT.replace(":Both of them. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n", "")

    run = start_run(wiki, paste(without, wiki=wiki, title="Talk:Lights"))

    assert "the comment that it replies to is no longer on the page" in run.items.get().log
    assert by("Dag").parent is None


def test_undone_it_stands_where_it_was_written(admin_client: Client) -> None:
    before = threads_saved()
    correct(admin_client, "Dag", "parent", parent=by("Ben").pk)

    correction = by("Dag").page.repairs.get()
    admin_client.post(address(by("Dag")), {"undo": correction.pk})

    assert threads_saved() == before
