"""Nothing is left of what was taken down, wherever one looks; and all of it comes back."""

from collections.abc import Iterable

import pytest
from django.test import Client

from threads.ingest.repairing import make_repair
from threads.models import (
    Author,
    Comment,
    ImportItem,
    PrivacyRule,
    Revision,
    Wiki,
)
from threads.presentation.comment.corrections import corrections_made
from threads.privacy import (
    rename,
    take_down_comment,
    take_down_page,
    take_down_revision,
)
from threads.search.index.names import AskedName, Kind, find_each

from .archive import (
    NAME,
    NAMED,
    SAID,
    WORDS,
    hold,
    import_again,
    lines,
    page_called,
    undo,
    where_is,
)
from .crowd import LOOKED_FOR, import_crowd
from .ways_out import copied, exports, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once", "sums_are_right")]
NOT_COPIED = {"goldie", "perry"}  # a static copy has no nicknames of signatures


def comment_of_hers() -> Comment:
    return Comment.objects.current().get(text__startswith="The zymurgy", page__title="Talk:Plan")


def discussions(told: list[str]) -> list[str]:
    """Of an archive's lines, those of the export: all but records of imports."""
    return [line for line in told if line.startswith("{")]


def test_the_archive_has_them_everywhere(wiki: Wiki) -> None:
    tables = {table for table, _value in where_is(NAMED)}
    assert {"threads_author", "threads_comment", "threads_section", "threads_repair"} <= tables
    assert {table for table, _value in where_is(SAID)} >= {"threads_comment", "threads_change"}


def found_in(ways: Iterable[tuple[str, str]], words: Iterable[str]) -> list[str]:
    """Where any of these words comes out, in any case."""
    return [where for where, text in ways if any(word in text.lower() for word in words)]


def not_found_in(ways: Iterable[tuple[str, str]], words: Iterable[str]) -> set[str]:
    """Those of the words that come out nowhere."""
    left = set(words)
    for _where, text in ways:
        left = {word for word in left if word not in text.lower()}
        if not left:
            break
    return left


def nothing_is_left(wiki: Wiki, words: Iterable[str]) -> bool:
    """Whether neither the tables nor exports have the words, now and after another import, which
    changes nothing."""
    before = discussions(lines())
    assert where_is(words) == []
    import_again(wiki)
    import_crowd(wiki)
    assert where_is(words) == []
    assert found_in(exports(), words) == []
    return discussions(lines()) == before


def names() -> set[str]:
    """By whom something is in the archive, or was."""
    return set(Author.objects.values_list("name", flat=True))


def undone(rule: PrivacyRule) -> list[str]:
    """The archive after a rule was undone."""
    undo(rule)
    return discussions(lines())


@pytest.mark.any_database
def test_nothing_is_left_in_any_way_out_under_rules_of_each_kind(wiki: Wiki) -> None:
    import_crowd(wiki)
    before = discussions(lines())
    words = [word for some, _made in LOOKED_FOR.values() for word in some]
    for way in (shown, exports):
        assert not_found_in(way(), words) == set()
    assert not_found_in(copied(), words) == NOT_COPIED
    rules = [hold(made(wiki)) for _words, made in LOOKED_FOR.values()]
    for way in (shown, exports, copied):
        assert found_in(way(), words) == []
    assert nothing_is_left(wiki, words)
    for rule in (*rules[::2], *rules[1::2]):
        undo(rule)
    assert discussions(lines()) == before


def test_nothing_is_left_under_a_rule_of_each_kind_alone_until_it_is_undone(wiki: Wiki) -> None:
    import_crowd(wiki)
    before, people = discussions(lines()), names()
    for kind, (words, made) in LOOKED_FOR.items():
        rule = hold(made(wiki))
        assert where_is(words) == [], kind
        assert undone(rule) == before, kind
        assert names() == people, kind


def test_what_imports_said_does_not_quote_it(wiki: Wiki) -> None:
    said = f"Correction “Split: {WORDS[:36]}…” could not be applied."
    ImportItem.objects.filter(title="Talk:Plan").update(log=said)
    hold(take_down_comment(comment_of_hers()))
    assert where_is(SAID) == []
    assert ImportItem.objects.filter(log__endswith="…” could not be applied.").exists()


def test_a_comment_keeps_its_place_and_its_replies(wiki: Wiki) -> None:
    before = [(each.ident, each.parent_id) for each in Comment.objects.order_by("pk")]
    hold(take_down_comment(comment_of_hers()))
    assert [(each.ident, each.parent_id) for each in Comment.objects.order_by("pk")] == before
    page = Client().get("/wiki/lanternwiki/Talk:Plan").content.decode()
    assert "This comment was taken down: Asked for by mail." in page


def test_a_comment_is_signed_by_nobody_where_that_is_wanted(wiki: Wiki) -> None:
    hers = comment_of_hers()
    hold(take_down_comment(hers, hide_author=True))
    now = Comment.objects.get(pk=hers.pk)
    assert (now.author.name, now.timestamp) == ("Removed user", hers.timestamp)


def test_a_hidden_signer_is_hidden_in_corrections_as_well(wiki: Wiki) -> None:
    make_repair(comment_of_hers(), "author", {"author": "Zephyrine Quoll"})
    before = discussions(lines())
    corrected = Comment.objects.current().get(author__name="Zephyrine Quoll")
    rule = hold(take_down_comment(corrected, hide_author=True))
    assert where_is(["quoll"]) == []
    assert Comment.objects.get(pk=corrected.pk).author.name == "Removed user"
    assert undone(rule) == before


def test_what_is_told_by_name_and_taken_down_comes_back_in_any_order(wiki: Wiki) -> None:
    before = discussions(lines())
    renamed = hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
    taken = hold(take_down_comment(comment_of_hers()))
    assert where_is((*NAMED, *SAID)) == []
    undo(renamed)
    assert where_is(SAID) == []
    assert undone(taken) == before


def test_a_page_that_is_taken_down_is_gone_and_says_why(wiki: Wiki) -> None:
    before, page = lines(), page_called("Talk:Plan")
    address = page.get_absolute_url()
    rule = hold(take_down_page(page))
    import_again(wiki)
    gone = Client().get(address)
    assert gone.status_code == 410
    assert "Asked for by mail." in gone.content.decode()
    assert Client().get("/api/v1/wikis/lanternwiki/page/Talk:Plan").status_code == 410
    item = ImportItem.objects.filter(title="Talk:Plan").latest("pk")
    assert item.state == "skipped" and "(“Asked for by mail.”)" in item.log
    assert undone(rule) == discussions(before)


def test_a_version_that_is_taken_down_tells_who_saved_it_and_why_it_is_not_there(
    wiki: Wiki,
) -> None:
    before = discussions(lines())
    hold(take_down_comment(comment_of_hers()))
    latest = Revision.objects.get(number=14)
    rule = hold(take_down_revision(latest))
    assert page_called("Talk:Plan").current_revision == Revision.objects.get(number=13)
    assert where_is(["all lanterns", "all_lanterns"]) == []
    (told,) = [
        each
        for each in Client()
        .get("/api/v1/wikis/lanternwiki/revisions/Talk:Plan")
        .json()["revisions"]
        if each["revid"] == 14
    ]
    assert (told["user"], told["takendown"]) == ("Cyd", "Asked for by mail.")
    undo(rule)
    undo(PrivacyRule.objects.active().get())
    assert discussions(lines()) == before


def test_a_heading_that_was_taken_down_finds_its_topic_when_that_is_undone(
    wiki: Wiki,
) -> None:
    def found() -> list[str]:
        asked = AskedName("lanterns", frozenset({Kind.TOPIC}), limit=9, former=True)
        return [name.text for name in find_each([asked])[0]]

    before = lines()
    assert found() == ["All lanterns"]
    rule = hold(take_down_revision(Revision.objects.get(number=13)))
    assert found() == []
    undone(rule)
    assert found() == ["All lanterns"]
    assert discussions(lines()) == discussions(before)


def test_a_page_none_of_whose_versions_is_left_is_taken_down(wiki: Wiki) -> None:
    hold(take_down_revision(Revision.objects.get(number=22)))
    assert Client().get("/wiki/lanternwiki/Talk:Else").status_code == 410


@pytest.mark.parametrize("kind", ["rename", "alias"])
@pytest.mark.parametrize("everywhere", [True, False])
def test_corrections_name_people_as_they_are_called_now(
    wiki: Wiki, kind: str, *, everywhere: bool
) -> None:
    there = Comment.objects.current().select_related("page__wiki")
    soft, loud, hers = (there.get(text__startswith=it) for it in ("Too s", "Too l", "A second"))
    make_repair(soft, "author", {"author": "Ben"})
    make_repair(loud, "parent", {"parent": hers.ident, "name": hers.name})
    hold(rename(Author.objects.get(name=NAME), "Author 7", kind, everywhere=everywhere))
    told = [made.said for each in there.all() for made in corrections_made(each)]
    assert [said for said in told if NAME in said] == []
    assert "Author corrected from “Author 7” to “Ben”." in told
    assert len([said for said in told if "a reply to “Author 7”" in said]) == 1
    make_repair(there.get(pk=soft.pk), "author", {"author": NAME})
    assert not Author.objects.filter(name=NAME).exists(), "nor do editors bring a name back"
