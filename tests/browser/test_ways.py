"""Ways through a talk page: what is there already needs no request, and no way ends before the
last of what it leads to."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.presentation.page import layout, parts

from .conftest import OpenPage
from .measuring import axe_finds, measure
from .states import MARK_ALL_AS_NEW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
SIZES = pytest.mark.parametrize(
    ("width", "language"), [(1280, "en"), (360, "en"), (1280, "ar"), (360, "ar")]
)
BOTH_WAYS = pytest.mark.parametrize("java_script_enabled", [True, False])
STAYED = "window.stayed === true"
UNCOVERED = """() => {
    const { bottom, top } = document.activeElement.getBoundingClientRect()
    return top >= 0 && bottom <= document.querySelector(".bars").getBoundingClientRect().top
}"""


def write(language: str = "en") -> None:
    """Three topics of people with positions, each in long comments; the first one was decided."""
    topics = [
        Section(
            name,
            *[
                Comment(person, f"{name}, says {person}. " + "A word. " * 40)
                for person in ("Ada", "Ben", "Cem", "Eve")
            ],
        )
        for name in ("Plan", "Costs", "Colors")
    ]
    write_page("Talk:Bridges", *topics, wiki=write_wiki(language=language))
    for comment in models.Comment.objects.exclude(author__name="Ada"):
        stance = "oppose" if comment.author.name == "Eve" else "support"
        comment.stance = {"stance": stance, "word": f"Strong {stance}", "status": ""}
        comment.save()
    closing = models.Comment.objects.get(text__startswith="Plan, says Ben")
    decision = {
        "outcome": "Built.",
        "by": "Ben",
        "when": "2019-06-22T12:00:00Z",
        "comment": closing.ident,
        "sources": ["template"],
    }
    models.Section.objects.filter(heading="Plan").update(decision=decision)
    models.Wiki.objects.update(decisions_shown=True, positions_shown=True)


def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 4)
    monkeypatch.setattr(layout, "WHOLE_BRANCH", 1)


def size(width: int) -> ViewportSize:
    return {"width": width, "height": 700}


def stay(page: Page) -> None:
    """What a reload would forget."""
    measure(page, "() => { window.stayed = true }")


def scroll_on(page: Page) -> None:
    page.mouse.wheel(0, 900)
    page.wait_for_url("**at=*")


def target(page: Page, words: str) -> None:
    expect(page.locator(".comment:target .text", has_text=words)).to_be_in_viewport()


def open_contents(page: Page, width: int) -> None:
    if width < 900:
        page.locator(".contents summary").click()


@SIZES
def test_contents_lead_to_a_topic_without_a_request_wherever_the_reader_is(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    page = open_page(f"{ADDRESS}?person=Eve", viewport=size(width))
    scroll_on(page)
    stay(page)
    open_contents(page, width)
    page.locator(".contents").get_by_role("link", name="Plan").click()
    expect(page.locator(".heading :target", has_text="Plan")).to_be_in_viewport()
    assert page.evaluate(STAYED)
    expect(page.locator(".following")).to_be_in_viewport()
    expect(page.locator(".comment.is-theirs")).to_have_count(3)


@SIZES
def test_whoever_disagreed_and_where_it_was_decided_is_a_click_away(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=size(width), bypass_csp=True)
    stay(page)
    page.locator(".positions > summary").first.click(position={"x": 8, "y": 8})
    page.locator(".positions").first.get_by_role("link", name="Strong oppose").click()
    target(page, "Plan, says Eve")
    page.locator(".outcome > summary").click()
    assert axe_finds(page, {}, ".outcome") == []
    page.locator(".outcome a.when").click()
    target(page, "Plan, says Ben")
    assert page.evaluate(STAYED)


@BOTH_WAYS
def test_what_has_not_arrived_is_fetched(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, java_script_enabled: bool
) -> None:
    write()
    closing = models.Comment.objects.get(text__startswith="Colors, says Eve")
    plan = models.Section.objects.get(heading="Plan")
    assert plan.decision
    plan.decision["comment"] = closing.ident
    plan.save()
    in_parts(monkeypatch)
    page = open_page(ADDRESS, viewport=size(1280), java_script_enabled=java_script_enabled)
    expect(page.get_by_text("Colors, says Eve")).to_have_count(0)
    page.locator(".outcome > summary").click()
    page.locator(".outcome a.when").click()
    target(page, "Colors, says Eve")


@SIZES
def test_the_list_below_the_text_leads_to_a_persons_first_comment(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=size(width))
    page.get_by_role("link", name="Highlight comments by Eve").click()
    expect(page.locator(".following")).to_be_in_viewport()
    if width < 900:
        expect(page.locator(".comment.is-theirs:focus")).to_contain_text("Plan, says Eve")
        expect(page.locator(".following")).to_contain_text("1 of 3")
        bar = page.locator(".following").bounding_box()
        assert bar and bar["height"] < 50, "one line"


@SIZES
def test_one_new_comment_after_the_other_is_a_click_away(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    known = models.Comment.objects.get(text__startswith="Colors, says Ada")
    page = open_page(ADDRESS, viewport=size(width))
    page.evaluate(MARK_ALL_AS_NEW.replace("= 0", f"= {known.pk}"))
    page.reload()
    button = page.get_by_role("button", name="Next new comment")
    for words in ("Colors, says Ben", "Colors, says Cem", "Colors, says Eve", "Colors, says Ben"):
        expect(button).to_be_in_viewport()
        button.click()
        expect(page.locator(".comment:focus .text", has_text=words)).to_be_in_viewport()
        assert measure(page, UNCOVERED), f"the bar covers {words}"
    page.mouse.wheel(0, 60)
    button.press("Enter")
    expect(page.locator(".comment:focus .text", has_text="Colors, says Cem")).to_be_in_viewport()
