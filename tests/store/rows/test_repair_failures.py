"""Which corrections are not in effect on a page: as exact as the rows that they are about."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.store.conftest import START, TITLE, Store
from threads.models import Repair, RepairFailure, UnsignedText, Wiki
from threads.store import NewPage, replay, store_new_pages
from threads.wikitext import parse_page

from .test_repairs import by, repair

ADA = "Shall we light both? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
BEN = "Yes, let us. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
CEM = "Who tends them? [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
DONE = "{{done}} [[User:Dag]] 10:00, 2 May 2019 (UTC)\n"
LOOSE = "Loose end.\n"
PAGE = f"== Lamps ==\n{ADA}\n{BEN}\n{CEM}\n== Oil ==\n{DONE}\n{LOOSE}"
TWICE = f"== Old ==\n{BEN}\n== New ==\n{BEN}"
LATER = datetime(2020, 1, 1, tzinfo=UTC)
WITH_ADA = "c-Ada-2019-05-01T10:00:00.000Z-Lamps"
DAG = {"author": "Dag", "timestamp": "2019-05-01T10:30:00+00:00"}

# Of whom, what is corrected, a later text that it cannot be applied to, and why.
FAILING = [
    ("Ben", "parent", {"parent": WITH_ADA}, PAGE.replace(ADA, ""), "parent"),
    ("Ben", "parent", {"parent": WITH_ADA}, f"== Lamps ==\n{BEN}\n{ADA}", "order"),
    ("Ben", "parent", {"parent": ""}, TWICE, "comments"),
    ("Ben", "author", {"author": "Dag"}, TWICE, "comments"),
    ("Ben", "author", {"author": "Dag"}, PAGE.replace(BEN, ""), "comment"),
    ("Ben", "split", {"at": "let us", **DAG}, PAGE.replace("let us", "do"), "words"),
    ("Ben", "split", {"at": "let us", **DAG}, PAGE.replace("s, let us.", ".-- let us"), ""),
    ("Ben", "split", {"at": "User:Ben]] 11"}, PAGE, "signature"),
    ("Ben", "join", {"with": WITH_ADA}, PAGE.replace(ADA, ""), "neighbor"),
    ("Ben", "position", {"stance": "oppose", "word": "Yes"}, TWICE, "comments"),
    ("Dag", "decision", {}, PAGE.replace("{{done}}", "Done?"), "decision"),
    ("", "author", {"author": "Dag"}, f"== A ==\n{LOOSE}\n== B ==\n{LOOSE}", "texts"),
    ("", "author", {"author": "Dag"}, PAGE.replace(LOOSE, ""), "text"),
]


def set_right(name: str, kind: str, value: dict[str, str]) -> Repair:
    """A correction of what this author signed, or of the text that nobody did."""
    if name:
        return repair(name, kind, **value)
    text = UnsignedText.objects.current().get()
    target = {"target": text.section.ident, "text": text.text}
    return Repair.objects.create(page=text.page, kind=kind, name="", value=value, **target)


def failures() -> list[tuple[str, str]]:
    """The pages on which a correction is not in effect, and why."""
    found = RepairFailure.objects.order_by("page__title")
    return list(found.values_list("page__title", "why"))


@pytest.fixture(autouse=True)
def _page(store: Store) -> Iterator[None]:
    store(PAGE, timestamp=START)
    yield


def test_each_kind_of_correction_can_fail() -> None:
    assert {kind for _name, kind, _value, _text, why in FAILING if why} == set(Repair.Kind)


@pytest.mark.parametrize(("name", "kind", "value", "text", "why"), FAILING)
def test_it_is_kept_from_the_revision_on_to_the_one_to_which_it_applies_again(
    store: Store, name: str, kind: str, value: dict[str, str], text: str, why: str
) -> None:
    set_right(name, kind, value)
    store(PAGE, timestamp=START)
    first = failures()
    stored = store(text, timestamp=LATER)
    assert failures() == ([(TITLE, why)] if why else [])
    assert len(stored.remarks) == len(failures())
    replay(stored.page)
    assert failures() == ([(TITLE, why)] if why else [])
    if not first and why:
        assert RepairFailure.objects.get().since == LATER
    back = datetime(2021, 1, 1, tzinfo=UTC)
    store(f"{PAGE}\n", timestamp=back)
    assert failures() == first


def test_since_when_it_fails_stays_while_it_fails(store: Store) -> None:
    repair("Ben", "parent", parent=WITH_ADA)
    store(PAGE.replace(ADA, ""), timestamp=LATER)
    before = RepairFailure.objects.values().get()
    store(PAGE.replace(ADA, "\n"), timestamp=datetime(2021, 1, 1, tzinfo=UTC))
    assert RepairFailure.objects.values().get() == before


def test_what_left_the_page_was_not_in_effect_if_it_was_not_while_it_stood_there(
    store: Store,
) -> None:
    repair("Ben", "parent", parent=WITH_ADA)
    store(PAGE.replace(ADA, ""), timestamp=LATER)
    store("Nothing.", timestamp=datetime(2021, 1, 1, tzinfo=UTC))
    assert failures() == [(TITLE, "parent")]


def test_it_may_fail_on_one_page_and_be_in_effect_on_another(store: Store) -> None:
    repair("Ben", "parent", parent=WITH_ADA)
    store(f"== Lamps ==\n{BEN}", title="Talk:Half")
    store(f"== Lamps ==\n{ADA}\n{BEN}", title="Talk:Whole")
    assert failures() == [("Talk:Half", "parent")]
    store(PAGE.replace(BEN, ""), timestamp=LATER)
    assert failures() == [("Talk:Half", "parent"), (TITLE, "comment")]


def test_pages_that_are_new_have_theirs_as_well(wiki: Wiki) -> None:
    repair("Ben", "parent", parent=WITH_ADA)
    texts = {"Talk:Half": f"== Lamps ==\n{BEN}", "Talk:Whole": f"== Lamps ==\n{ADA}\n{BEN}"}
    new = [NewPage(parse_page(text, title=title), text) for title, text in texts.items()]
    half, _whole = store_new_pages(wiki, new)
    assert failures() == [("Talk:Half", "parent")]
    assert RepairFailure.objects.get().since == half.revision.saved_at


def test_a_correction_of_a_part_follows_it_to_another_page(store: Store) -> None:
    repair("Ben", "split", at="let us", **DAG)
    store(PAGE)
    repair("Ben", "author", author="Eva")
    store(f"== Old ==\n{BEN}", title="Talk:Old")
    assert by("Eva", page__title="Talk:Old").text == "let us."
