"""What editors set right where the parser tells by itself whose words are whose."""

from tests.store.conftest import Store
from tests.store.rows.test_repairs import PAGE, by, check_partition, repair
from threads.models import UnsignedText

EVE = "--[[User:Eve|Eve]] ([[User talk:Eve|talk]])"
PARTED = PAGE.replace("Yes, let us.", f"Yes, both. {EVE}\n:Let us.")
DATED = PAGE.replace("09:00, 2 May 2019 (UTC)", "2 May 2019")


def test_what_the_parser_parts_by_itself_now_keeps_the_author_that_an_editor_gave(
    store: Store,
) -> None:
    store(PAGE)
    repair("Ben", "split", at="Let us", author="Dag", timestamp="2019-05-01T10:30:00+00:00")

    stored = store(PARTED)

    assert not stored.remarks
    assert (by("Dag").text, by("Ben").text) == ("Yes, both. --Eve (talk)", "Let us.")
    assert by("Dag").ident == "c-Dag-2019-05-01T10:30:00.000Z-Lamps"
    assert not UnsignedText.objects.current().exists()
    check_partition(stored.page)


def test_what_the_parser_parts_by_itself_now_needs_no_editor(store: Store) -> None:
    store(PAGE)
    repair("Ben", "split", at="Let us", author="", timestamp="")

    stored = store(PARTED)

    text = UnsignedText.objects.current().get()
    assert not stored.remarks
    assert text.author
    assert (text.author.name, text.known_by) == ("Eve", "link")


def test_a_text_that_is_not_dated_is_joined_with_the_comment_after_it(store: Store) -> None:
    store(PARTED)
    repair("Ben", "join", **{"with": "", "words": "Yes, both. --Eve (talk)"})

    stored = store(PARTED)

    assert by("Ben").text == "Yes, both. --Eve (talk)\nLet us."
    assert not UnsignedText.objects.current().exists()
    check_partition(stored.page)


def test_a_day_alone_stays_one_under_another_author_and_parent(store: Store) -> None:
    store(DATED)
    repair("Cem", "author", author="Dag")
    repair("Cem", "parent", parent=by("Ben").ident)

    store(DATED)

    assert (by("Dag").precision, by("Dag").parent) == ("day", by("Ben"))


def test_a_part_that_an_editor_dates_has_a_time_of_day(store: Store) -> None:
    store(DATED)
    repair("Cem", "split", at="tends", author="Dag", timestamp="2019-05-01T10:30:00+00:00")

    store(DATED)

    assert (by("Dag").precision, by("Cem").precision) == ("minute", "day")


def test_a_part_may_have_an_author_and_no_time(store: Store) -> None:
    store(PAGE)
    repair("Ben", "split", at="let us", author="Dag", timestamp="")

    stored = store(PAGE)

    text = UnsignedText.objects.current().get()
    assert not stored.remarks
    assert (text.author and text.author.name, text.known_by) == ("Dag", "editor")
    assert text.text == "Yes,"
    check_partition(stored.page)


def test_what_the_parser_parts_by_itself_now_has_the_author_and_still_no_time(
    store: Store,
) -> None:
    store(PAGE)
    repair("Ben", "split", at="Let us", author="Dag", timestamp="")

    stored = store(PARTED)

    text = UnsignedText.objects.current().get()
    assert (text.author and text.author.name, text.known_by) == ("Dag", "editor")
    assert text.text == "Yes, both. --Eve (talk)"
    check_partition(stored.page)
