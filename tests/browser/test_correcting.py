"""An editor sets a wrong author right where they read, in a real browser, and undoes it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Locator, Page, expect

from threads.accounts.roles import make_roles
from threads.management.commands.demo import import_demo
from threads.models import Comment, Wiki

from .conftest import OpenPage
from .looks import LEFT_TO_RIGHT, RIGHT_TO_LEFT, talk_page
from .measuring import too_wide
from .staff import logged_in
from .test_everyone import DESK, PHONE, violations_in_any_light

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
SCRIPTS = pytest.mark.parametrize("with_js", [True, False], ids=["js", "no-js"])


@pytest.fixture
def editor(transactional_db: None) -> dict[str, Any]:
    """The demo archive, and the browser of an account that may correct it, and nothing else."""
    import_demo()
    make_roles()
    user = User.objects.create_user("dora", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    return logged_in(user)


def reply_on(dbname: str) -> Comment:
    """A comment that answers another one, on the longest page of a wiki."""
    page = talk_page(Wiki.objects.get(dbname=dbname))
    found = Comment.objects.current().with_context().filter(page=page, parent__isnull=False)
    return found.order_by("position")[0]


def open_menu(page: Page, comment: Comment) -> None:
    """With a script it opens on the page; without, it is a page of its own."""
    article = page.locator(f'[id="{comment.ident}"]')
    article.hover()
    article.locator("a.share").click()


@SIZES
@SCRIPTS
def test_a_wrong_author_is_corrected_and_undone(
    editor: dict[str, Any], open_page: OpenPage, viewport: dict[str, int], with_js: bool
) -> None:
    comment = reply_on(LEFT_TO_RIGHT)
    assert comment.parent
    name = comment.parent.author.name
    page = open_page(
        comment.page.get_absolute_url(),
        storage_state=editor,
        viewport=viewport,
        java_script_enabled=with_js,
    )
    open_menu(page, comment)
    page.get_by_role("link", name="Correct this comment").click()
    page.locator("summary", has_text="Change the author").click()
    page.get_by_label("Author", exact=True).fill(name)
    page.get_by_role("button", name="Preview correction").click()

    after = page.get_by_role("region", name="After")
    expect(after.locator(".is-changed b")).to_have_text(name)
    expect(page.get_by_role("region", name="Before").locator(".is-changed b")).to_have_text(
        comment.author.name
    )
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_role("status")).to_have_text("The correction was saved.")
    said = f"Author corrected from “{comment.author.name}” to “{name}”."
    expect(page.locator(".made")).to_contain_text(said)

    page.get_by_role("link", name=comment.page.title).click()
    article = page.locator(f'[id="{comment.ident}"]')
    expect(article.locator(".person").first).to_have_text(name)
    expect(article.get_by_role("link", name="corrected")).to_have_attribute("title", said)

    page.go_back()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_have_text("Correction undone. The page was parsed again.")
    expect(page.locator(".made")).to_have_count(0)


@SCRIPTS
def test_a_new_name_is_confirmed(
    editor: dict[str, Any], open_page: OpenPage, with_js: bool
) -> None:
    comment = reply_on(LEFT_TO_RIGHT)
    page = open_page(
        f"/correct/comment/{comment.pk}", storage_state=editor, java_script_enabled=with_js
    )
    page.locator("summary", has_text="Change the author").click()
    page.get_by_label("Author", exact=True).fill("Nobody Known")
    page.get_by_role("button", name="Preview correction").click()
    expect(page.get_by_role("alert")).to_contain_text("no comments by “Nobody Known”")
    page.get_by_label("Yes, this is the name of a new author").check()
    page.get_by_role("button", name="Preview correction").click()
    expect(page.get_by_role("region", name="After")).to_contain_text("Nobody Known")


def test_all_of_it_is_reached_by_keyboard(editor: dict[str, Any], open_page: OpenPage) -> None:
    comment = reply_on(LEFT_TO_RIGHT)
    page = open_page(comment.page.get_absolute_url(), storage_state=editor)
    page.locator(f'[id="{comment.ident}"] a.share').press("Enter")
    page.get_by_role("link", name="Correct this comment").press("Enter")
    page.locator("summary", has_text="Change what it replies to").press("Enter")
    page.get_by_label("Reply to").select_option(index=0)
    page.get_by_role("button", name="Preview correction").press("Enter")
    page.get_by_role("button", name="Save correction").press("Enter")
    expect(page.get_by_role("status")).to_have_text("The correction was saved.")
    assert Comment.objects.get(pk=comment.pk).parent is None


@pytest.mark.parametrize(
    ("dbname", "locale"), [(LEFT_TO_RIGHT, "en"), (RIGHT_TO_LEFT, "ar")], ids=["ltr", "rtl"]
)
def test_it_is_for_everyone_in_every_state(
    editor: dict[str, Any], open_page: OpenPage, dbname: str, locale: str
) -> None:
    comment = reply_on(dbname)
    page = open_page(
        f"/correct/comment/{comment.pk}",
        storage_state=editor,
        viewport=PHONE,
        locale=locale,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    found: list[str] = []

    def look(state: str, shows: Locator) -> None:
        page.set_viewport_size(PHONE)
        found.extend(f"{state}: {each}" for each in too_wide(page, shows=shows))
        found.extend(violations_in_any_light(page, state, locale))

    look("as it comes", page.locator(".kinds"))
    page.locator("#id_author-author").evaluate("each => each.closest('details').open = true")
    page.fill("#id_author-author", "Nobody Known")
    page.locator("details[open] button[value=preview]").click()
    look("asked to confirm", page.locator("#id_author-is_new"))
    page.locator("#id_author-is_new").check()
    page.locator("details[open] button[value=preview]").click()
    look("preview", page.locator("button.main"))
    page.locator("button.main").click()
    look("corrected", page.locator(".made"))
    assert found == []
