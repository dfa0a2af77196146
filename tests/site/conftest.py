"""A static copy of a small archive, made once: the demo pages, and pages with hostile titles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from tests.browser.looks import write_archive
from tests.views.writing import Comment, Section, Unsigned, write_page
from threads.models import Collection, FormerId, Wiki
from threads.models import Comment as CommentRow
from threads.models import Section as SectionRow
from threads.presentation.search.sentences import sentences_of
from threads.search.index.texts import entries, newest
from threads.search.query.notes import Note, Said
from threads.search.query.parsing import read_query
from threads.search.query.resolving import meaning_of
from threads.store import count_collection, recount

LANGUAGES = [code for code, _name in settings.LANGUAGES]
HOSTILE_TITLES = (
    "Talk:CON",
    "Talk:Con",
    "Talk:../..",
    "Talk:a/./b",
    'Talk:<b>"&amp;',
    "Talk:%2e%2e?x=1#c",
    "Talk:A\\B|C:D*",
    "Talk:" + "ü" * 200,
    "Talk:/",
    "نقاش:الضوء",
)


@dataclass(frozen=True)
class StaticCopy:
    """A copy that was made, and what its archive had."""

    folder: Path
    zim: Path
    comment: str  # the id of a comment …
    former: str  # … and one that it had
    title: str  # of its page
    section: str  # the id of the topic that it is in
    typed: dict[str, str]  # by what of ASKED: the same with names and times of the archive
    answers: dict[str, "Answer"]  # by the same, those of the archive's own search


def write_hostile_pages() -> None:
    for title in HOSTILE_TITLES:
        said = Comment(
            "Ada <i>", "&lt;a href=\"/x\"&gt; O'Brien's naïve Straße", Comment("ada <I>", "So.")
        )
        write_page(title, Section("Über <b>", said, Unsigned("Nobody signed.", author="..")))


ASKED = (
    "money",
    "the light",
    '"the working group"',
    "lan*",
    "money -sharing",
    "strasse",
    "o'brien",
    "الضوء",
    "灯",
    "Größe",
    "nowhere-at-all",
    "author:{author}",
    '-author:"{author}" lantern',
    "author:nobody_at_all",
    "wiki:example lantern",
    "-wiki:examplewiki",
    "page:Talk:a",
    "after:{month}",
    "before:{month} lan*",
    "-after:{month} after:2001",
    "author:{author} money",
    "lantern {year}",
    "lantern {name}",
    "author:{name}",
    "topic:lamp",
    'topic:"{heading}"',
    "-topic:ü lantern",
    "in:lanterns",
    "is:closed",
    "-is:closed lantern",
    "is:unsigned",
    "is:unsigned is:closed",
    "has:replies lantern",
    "lang:ar",
    "wiki:Example",
    # What the archive does not have, or does not understand: the words count, or nothing does.
    "lantern author:nobody_at_all",
    "lantern -author:nobody_at_all",
    "lantern wiki:nowhere",
    "lantern page:Talk:Nowhere",
    "lantern topic:nowhere",
    "lantern in:nowhere",
    "lantern is:nowhere",
    "lantern has:nowhere",
    "lantern lang:nowhere",
    "lantern after:2019-13",
    "lantern before:nowhere",
    "author:",
    "topic:nowhere",
    'lantern "the working',
    "l*",
    "?!",
)


def count_anew() -> None:
    """Mend the sums of an archive that tests have changed by hand."""
    for wiki in Wiki.objects.all():
        recount(wiki)
    for collection in Collection.objects.all():
        count_collection(collection)


class Answer(NamedTuple):
    """What the archive's own search answers."""

    found: list[str]  # ids, the newest first; of unsigned text, the section's
    said: list[str]  # beside its box

    @classmethod
    def to(cls, asked: str) -> Self:
        query = read_query(asked)
        meaning = meaning_of(query, list(Wiki.objects.all()))
        notes = meaning.notes if query else [*meaning.notes, Note(Said.NO_WORD)]
        keys = newest(meaning.asked, limit=500).keys if meaning.asked else ()
        found = [
            CommentRow.objects.get(pk=found.comment_id).ident
            if found.comment_id
            else SectionRow.objects.get(pk=found.section_id).ident
            for found in entries(keys)
        ]
        return cls(found, [sentence.text for sentence in sentences_of(notes, query)])


def facts_of(comment: CommentRow) -> dict[str, str]:
    """Values of fields that find it."""
    section = comment.section
    while section.parent and not section.is_topic:
        section = section.parent
    return {
        "author": comment.author.name,
        "name": comment.author.name.split()[0],
        "month": f"{comment.timestamp:%Y-%m}",
        "year": f"{comment.timestamp:%Y}",
        "heading": section.heading,
    }


@pytest.fixture(scope="session")
def static_copy(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> StaticCopy:
    folder = tmp_path_factory.mktemp("copy")
    with django_db_blocker.unblock(), transaction.atomic():
        write_archive()
        write_hostile_pages()
        count_anew()
        replies = CommentRow.objects.current().filter(parent__isnull=False)
        comment = replies.select_related("author").earliest("pk")
        typed = {asked: asked.format_map(facts_of(comment)) for asked in ASKED}
        former = f"{comment.name}-Former_heading"
        FormerId.objects.create(page=comment.page, ident=former, comment=comment)
        made = StaticCopy(
            folder / "site",
            folder / "site.zim",
            comment.ident,
            former,
            comment.page.title,
            comment.section.ident,
            typed,
            {asked: Answer.to(text) for asked, text in typed.items()},
        )
        call_command(
            "export_site",
            made.folder,
            processes=1,
            zim=made.zim,
            histories=True,
            analyses=True,
            verbosity=0,
        )
        transaction.set_rollback(True)
    return made


OpenFile = Callable[..., Page]


@pytest.fixture
def open_file(browser: Browser, static_copy: StaticCopy) -> Iterator[OpenFile]:
    """Opens a file of the copy from the disk; what the page complains of fails the test.

    Takes its path and what Playwright's `new_context` takes.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_at(path: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: complaints.append(f"no {request.url}"))
        page.goto(f"{static_copy.folder.as_uri()}/{path}")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []
