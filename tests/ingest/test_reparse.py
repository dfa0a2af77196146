"""Pages read again from their kept wikitext: which ones, what is told, what stays."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from threads.edits import RevisionFacts
from threads.ingest import reparsing
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Comment, FormerId, Repair, Revision, Wiki
from threads.store import store_page

LIT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"


@pytest.fixture(autouse=True)
def pages(db: None) -> None:
    """Two pages, of which an earlier parser read one."""
    wiki = Wiki.objects.create(dbname="lanternwiki")
    for title in ("Talk:Lights", "Talk:Oil"):
        start_run(wiki, paste(LIT, wiki=wiki, title=title))
    Revision.objects.filter(page__title="Talk:Lights").update(parser_version="0")
    Comment.objects.update(text="spoilt")


def reparse(*options: str) -> list[str]:
    """The lines that the command says."""
    output = io.StringIO()
    call_command("reparse", *options, stdout=output)
    return output.getvalue().splitlines()


def spoilt() -> set[str]:
    return set(Comment.objects.filter(text="spoilt").values_list("page__title", flat=True))


def test_what_an_earlier_parser_read_is_read_again(db: None) -> None:
    assert reparse() == [
        "Talk:Lights: 1 changed",
        "Parsed 1 page again. Comments changed on 1 of them.",
    ]
    assert spoilt() == {"Talk:Oil"}
    assert reparse() == ["Parsed 0 pages again. Comments changed on 0 of them."]


@pytest.mark.parametrize(
    "options", [["--all"], ["--wiki=lanternwiki", "--all"], ["--page", "Talk:Lights", "Talk:Oil"]]
)
def test_all_pages_or_those_that_are_named_are_read_again(db: None, options: list[str]) -> None:
    assert reparse(*options)[-1] == "Parsed 2 pages again. Comments changed on 2 of them."
    assert spoilt() == set()


def test_a_dry_run_only_tells(db: None) -> None:
    assert (
        reparse("--dry-run", "--all")[-1] == "Parsed 2 pages again. Comments changed on 2 of them."
    )
    assert spoilt() == {"Talk:Lights", "Talk:Oil"}
    assert Revision.objects.filter(parser_version="0").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--page", "Talk:None"], "No such page in this archive: “Talk:None”."),
        (["--wiki=nowiki"], "There is no wiki named “nowiki” in this archive."),
    ],
)
def test_what_is_not_there_is_refused(options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        reparse(*options)

    assert refused.value.returncode == 2


def test_a_page_that_fails_is_named_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail_on_lights(wiki: Wiki, parsed: Any, text: str, facts: RevisionFacts) -> Any:
        if parsed.title == "Talk:Lights":
            raise RuntimeError("the lamp broke")
        return store_page(wiki, parsed, text, facts)

    monkeypatch.setattr(reparsing, "store_page", fail_on_lights)
    output = io.StringIO()

    with pytest.raises(CommandError, match="1 page could not be parsed") as failed:
        call_command("reparse", "--all", stdout=output)

    assert failed.value.returncode == 1
    assert "Talk:Lights could not be parsed. RuntimeError: the lamp broke" in output.getvalue()
    assert spoilt() == {"Talk:Lights"}


def test_what_comments_were_called_before_goes_on_leading_to_them(db: None) -> None:
    ident = "c-Ada-2019-05-01T10:00:00.000Z-As_an_earlier_parser_had_it"
    Comment.objects.filter(page__title="Talk:Oil").update(ident=ident, text="Lit?")

    reparse("--all")

    former = FormerId.objects.get(ident=ident)
    assert former.comment.ident == "c-Ada-2019-05-01T10:00:00.000Z-Lamps"


def test_repairs_hold(db: None) -> None:
    comment = Comment.objects.get(page__title="Talk:Oil")
    made = {"target": comment.ident, "name": comment.name, "text": "Lit?"}
    Repair.objects.create(page=comment.page, kind="author", value={"author": "Dag"}, **made)

    reparse("--all")

    assert Comment.objects.get(pk=comment.pk).author.name == "Dag"


def test_no_page_takes_more_queries_than_another(db: None) -> None:
    def queries(title: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            reparse("--page", title)
        return len(captured)

    wiki = Wiki.objects.get()
    many = LIT + "".join(
        f":{number} [[User:U{number}]] 11:{number:02}, 1 May 2019 (UTC)\n" for number in range(50)
    )
    start_run(wiki, paste(many, wiki=wiki, title="Talk:Many"))
    reparse("--all")

    assert queries("Talk:Many") == queries("Talk:Oil")
