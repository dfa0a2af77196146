"""A static copy in Chromium, from the disk: with JavaScript and without."""

from urllib.parse import quote, unquote

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from tests.browser.measuring import too_wide
from tests.browser.test_everyone import DESK, PHONE, WIDTHS, violations_in_any_light
from tests.site.conftest import ASKED, Answer, OpenFile, StaticCopy
from threads.search.query.fields import FIELDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SHORT = str.maketrans("", "", "-:T")
HREFS = "links => links.map(link => link.getAttribute('href'))"


def talk_page_of(static_copy: StaticCopy, dbname: str = LEFT_TO_RIGHT) -> str:
    """The largest talk page of a wiki."""
    pages = static_copy.folder.glob(f"talk/{dbname}/*.html")
    return (
        max(pages, key=lambda path: path.stat().st_size).relative_to(static_copy.folder).as_posix()
    )


def page_with(static_copy: StaticCopy, ident: str) -> str:
    for path in static_copy.folder.glob("talk/*/*.html"):
        if f'id="{ident}"' in path.read_text(encoding="utf-8"):
            return path.relative_to(static_copy.folder).as_posix()
    raise AssertionError(ident)


def expect_target(page: Page, ident: str) -> None:
    expect(page.locator(":target")).to_have_id(ident)
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_permanent_link_leads_to_its_comment(
    open_file: OpenFile, static_copy: StaticCopy, java_script_enabled: bool
) -> None:
    path = page_with(static_copy, static_copy.comment)
    page = open_file(
        f"{path}#{quote(static_copy.comment)}", java_script_enabled=java_script_enabled
    )
    expect_target(page, static_copy.comment)


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_an_id_that_a_comment_had_leads_to_it(
    open_file: OpenFile, static_copy: StaticCopy, java_script_enabled: bool
) -> None:
    path = page_with(static_copy, static_copy.comment)
    page = open_file(f"{path}#{quote(static_copy.former)}", java_script_enabled=java_script_enabled)
    expect(page.locator(":target + .comment")).to_have_id(static_copy.comment)


def test_a_link_with_times_in_the_other_form_leads_to_its_comment(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    name, _dash, rest = static_copy.comment.partition(".000Z")
    begin, day = name[:-19], name[-19:]
    other = f"{begin}{day.translate(SHORT)}{rest}"
    assert other != static_copy.comment
    page = open_file(f"{page_with(static_copy, static_copy.comment)}#{quote(other)}")
    if f"-{rest}".count("000Z"):  # the time of what it answers is in its id as well
        expect(page.locator(":target")).to_have_count(1)
    else:
        expect_target(page, static_copy.comment)


@pytest.mark.parametrize("known_by", ["comment", "former"])
def test_any_comment_is_found_by_its_id(
    open_file: OpenFile, static_copy: StaticCopy, known_by: str
) -> None:
    ident = getattr(static_copy, known_by)
    page = open_file(f"find.html#{quote(ident)}")
    page.wait_for_url("**/talk/**")
    expect_target(page, static_copy.comment)


def test_what_is_not_in_the_copy_is_said_not_to_be(open_file: OpenFile) -> None:
    page = open_file("find.html#c-Nobody-20190424064300")
    expect(page.locator("#ta-found")).to_have_text("There is no comment with this ID in this copy.")
    page.goto("about:blank")


def test_the_search_answers_as_the_archive_does(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    page = open_file("search.html")
    for asked in ASKED:
        typed = static_copy.typed[asked]
        page.goto(f"{static_copy.folder.as_uri()}/search.html?q={quote(typed)}")
        answers_are(page, static_copy.answers[asked], asked)


def answers_are(page: Page, expected: Answer, asked: str) -> None:
    found = page.locator("#ta-found")
    expect(found.locator(".gathering, .notice").first, asked).to_be_attached()
    assert sorted(found.locator(".notice").all_text_contents()) == sorted(expected.said), asked
    if not expected.found:
        expect(found.locator("li"), asked).to_have_count(0)
        expect(found.locator(".gathering:not(:text-is('No results.'))"), asked).to_have_count(0)
        return
    expect(found.locator("li").first, asked).to_be_visible()
    while (more := found.get_by_role("button")).count():
        before = found.locator("li").count()
        more.click()
        expect(found.locator("li").nth(before), asked).to_be_attached()
    links = found.locator("li > a").evaluate_all(HREFS)
    assert [unquote(link.partition("#")[2]) for link in links] == expected.found, asked


def test_every_field_is_asked_with_what_there_is_and_is_not(static_copy: StaticCopy) -> None:
    for field in FIELDS:
        answers = [static_copy.answers[asked] for asked in ASKED if f"{field}:" in asked]
        assert any(answer.found and not answer.said for answer in answers), field
        assert any(answer.said for answer in answers), field


def test_a_result_leads_to_its_comment_with_the_word_marked(open_file: OpenFile) -> None:
    page = open_file("search.html?q=lantern")
    first = page.locator("#ta-found li").first
    expect(first.locator("mark").first).to_contain_text("antern")
    first.locator("a").click()
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("lantern", "lantern"),
        ('"the working group"', "the working group"),
        ("灯", "灯"),
    ],
)
def test_only_what_is_found_is_marked(open_file: OpenFile, asked: str, marked: str) -> None:
    page = open_file(f"search.html?q={quote(asked)}")
    marks = page.locator("#ta-found mark")
    expect(marks.first).to_be_visible()
    for text in marks.all_text_contents():
        assert text.casefold().startswith(marked) and len(text) <= len(marked) + 1
        assert not set(text) & set(".,:;!?()[]\"'“”")


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_results_tell_times_as_pages_do(
    open_file: OpenFile, static_copy: StaticCopy, language: str
) -> None:
    folder = "" if language == "en" else f"{language}/"
    page = open_file(f"{folder}search.html?q={quote('lantern')}")
    signed = page.locator('a[href*="#c-"]')
    first = page.locator("#ta-found li", has=signed).first
    told = (first.locator(".shelf-facts").text_content() or "").rpartition(" · ")[2]
    first.locator("a").click()
    expect(page.locator(":target time").first).to_have_text(told)


def test_without_javascript_the_search_says_what_else_there_is(open_file: OpenFile) -> None:
    page = open_file("de/search.html", java_script_enabled=False)
    expect(page.locator("noscript .notice")).to_be_visible()


def test_a_search_begins_on_any_page(open_file: OpenFile) -> None:
    page = open_file("index.html")
    page.get_by_role("searchbox").fill("lantern")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#ta-found li").first).to_be_visible()


def test_branches_fold_one_by_one_and_all_at_once(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    page = open_file(talk_page_of(static_copy))
    branch = page.locator("details.branch").first
    expect(branch).to_have_attribute("open", "")
    branch.locator("summary").first.click()
    expect(branch).not_to_have_attribute("open", "")
    page.locator(".tools > summary").click()
    page.get_by_role("button", name="Collapse all replies").click()
    expect(page.locator("details.branch[open]")).to_have_count(0)
    page.get_by_role("button", name="Expand all replies").click()
    expect(page.locator("details.branch:not([open])")).to_have_count(0)


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    page = open_file(talk_page_of(static_copy))
    menu = page.locator(".menu").first
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_without_javascript_branches_fold_and_all_is_shown(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    page = open_file(talk_page_of(static_copy), java_script_enabled=False)
    expect(page.locator("details.branch:not([open])")).to_have_count(0)
    page.locator("details.branch > summary").first.click()
    expect(page.locator("details.branch:not([open])")).to_have_count(1)


def test_a_link_into_a_folded_branch_opens_it(open_file: OpenFile, static_copy: StaticCopy) -> None:
    page = open_file(page_with(static_copy, static_copy.comment))
    page.locator(".tools > summary").click()
    page.get_by_role("button", name="Collapse all replies").click()
    page.evaluate("ident => { location.hash = encodeURIComponent(ident) }", static_copy.comment)
    expect_target(page, static_copy.comment)


def test_the_language_is_switched_on_the_page_that_is_read(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    path = talk_page_of(static_copy)
    page = open_file(path, java_script_enabled=False)
    title = page.locator("h1").text_content()
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert page.url.endswith(f"/ar/{path}")
    assert page.locator("h1").text_content() == title
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(f"/{path}") and "/ar/" not in page.url


def test_a_copy_is_dark_where_the_reader_wants_that(
    open_file: OpenFile, static_copy: StaticCopy
) -> None:
    page = open_file(talk_page_of(static_copy), color_scheme="dark", java_script_enabled=False)
    ink = page.evaluate("getComputedStyle(document.body).color")
    page.emulate_media(color_scheme="light")
    assert ink != page.evaluate("getComputedStyle(document.body).color")


KINDS = (
    "index.html",
    "search.html?q=lantern",
    "find.html",
    "wiki/{wiki}/index.html",
    "people/{wiki}/index.html",
    "decisions/{wiki}/index.html",
    "collection/lanterns/index.html",
    "talk/{wiki}/*.html",
    "author/{wiki}/*.html",
)


def every_kind(static_copy: StaticCopy, dbname: str, language: str) -> list[str]:
    """A page of each kind, the largest."""
    paths = []
    for kind in KINDS:
        pattern, _mark, query = kind.format(wiki=dbname).partition("?")
        files = static_copy.folder.glob(f"{language}{pattern}")
        largest = max(files, key=lambda path: path.stat().st_size)
        path = largest.relative_to(static_copy.folder).as_posix()
        paths.append(f"{path}?{query}" if query else path)
    return paths


SEEN = pytest.mark.parametrize(
    ("dbname", "language"), [(LEFT_TO_RIGHT, ""), (RIGHT_TO_LEFT, "ar/")]
)


@SEEN
def test_axe_finds_nothing_wrong(
    browser: Browser, static_copy: StaticCopy, dbname: str, language: str
) -> None:
    found = []
    with browser.new_context(viewport=DESK, reduced_motion="reduce") as context:
        page = context.new_page()
        for path in every_kind(static_copy, dbname, language):
            page.goto(f"{static_copy.folder.as_uri()}/{path}")
            page.evaluate(AXE)
            found += violations_in_any_light(page, path, language.strip("/") or "en")
    assert found == []


@SEEN
def test_no_page_scrolls_sideways(
    open_file: OpenFile, static_copy: StaticCopy, dbname: str, language: str
) -> None:
    found = []
    page = open_file("index.html", viewport=PHONE)
    for path in every_kind(static_copy, dbname, language):
        page.goto(f"{static_copy.folder.as_uri()}/{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{path}, {width} px: {each}" for each in too_wide(page)]
    assert found == []
