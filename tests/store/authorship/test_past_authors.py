"""Who wrote what nobody signed, on a page as it once stood."""

from tests.store.conftest import Save
from threads.models import Revision
from threads.store.past import past_rows

QUESTION = "How long do the lamps burn at night?\n"


def test_a_page_as_it_once_stood_names_them_as_the_page_of_today_does(save: Save) -> None:
    save("Ana", QUESTION)
    save("Ben", f"{QUESTION}\n== Keepers ==\nNot I.\n")
    save("Cem", f"{QUESTION}\n== Keepers ==\nNot I.\n\n== Oil ==\nIn the shed.\n")

    first, second, _third = Revision.objects.order_by("number")
    page = first.page
    told = [
        [(text.text, text.author and text.author.name) for text in past_rows(page, then).unsigned]
        for then in (first, second)
    ]
    assert told == [
        [(QUESTION.strip(), "Ana")],
        [(QUESTION.strip(), "Ana"), ("Not I.", "Ben")],
    ]
    known = past_rows(page, second).unsigned[1]
    assert (known.known_by, known.first_revision) == ("history", second)


def test_what_came_later_names_nobody_on_a_page_as_it_once_stood(save: Save) -> None:
    save("", QUESTION)
    save("Ben", "Gone.\n")
    save("Ana", f"Gone.\n\n{QUESTION}")

    first = Revision.objects.order_by("number")[0]
    assert [text.author for text in past_rows(first.page, first).unsigned] == [None]
