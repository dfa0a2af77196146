"""Pages that are made once for all languages are as if they had been made in each of them."""

from collections.abc import Collection
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.browser.looks import reword
from tests.site.conftest import count_anew, write_hostile_pages
from threads.management.commands.demo import import_demo
from threads.models import Wiki
from threads.site.files.links import Led
from threads.site.files.plan import Plan
from threads.site.files.scope import Scope
from threads.site.jobs import do, jobs_of
from threads.site.pages.kinds import KINDS
from threads.site.pages.slots import read, slots
from threads.site.pages.words import Unfilled, Words

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def pages_made(folder: Path, kinds: Collection[str]) -> dict[str, str]:
    """The pages of these kinds, in all languages."""
    plan = Plan(Scope(histories=True, analyses=True), LANGUAGES, folder / "copy", folder)
    for job in list(jobs_of(plan)):
        if job.kind in kinds:
            do(plan, job)
    return {
        path.relative_to(plan.folder).as_posix(): unescape(path.read_text(encoding="utf-8"))
        for path in plan.folder.rglob("*.html")
    }


def test_pages_are_the_same_with_slots_and_without(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_demo()
    for wiki in Wiki.objects.all():
        reword(wiki)
    write_hostile_pages()
    count_anew()
    kinds = [name for name, kind in KINDS.items() if kind.has_slots]
    once = pages_made(tmp_path_factory.mktemp("once"), kinds)
    for name in kinds:
        monkeypatch.setitem(KINDS, name, replace(KINDS[name], has_slots=False))
    each = pages_made(tmp_path_factory.mktemp("each"), kinds)
    assert {path.split("/")[1] for path in each if path.startswith("ar/")} >= {
        *("talk", "author", "history", "analysis")
    }
    assert once.keys() == each.keys()
    assert [path for path in each if once[path] != each[path]] == []


def filled(text: str, language: str = "en") -> str:
    unfilled = Unfilled.of(read(text))
    words = Words(language, lambda html: Led(html, set()))
    return words.filled(unfilled).decode()


def test_a_slot_is_filled_in_any_language() -> None:
    with slots():
        said = ngettext("%(count)s comment", "%(count)s comments", 3) % {"count": 3}
        made = f"<b>{said}</b> {gettext('Contents')}"
    for code in LANGUAGES:
        with translation.override(code):
            said = ngettext("%(count)s comment", "%(count)s comments", 3) % {"count": 3}
            assert unescape(filled(made, code)) == f"<b>{said}</b> {gettext('Contents')}"


def test_what_is_no_slot_stays_as_it_is() -> None:
    text = "\x01(0\x01) \x01s00000000(0\x01s00000000)"
    assert filled(text) == text
