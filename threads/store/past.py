"""A page as it stood in one of its kept revisions: rows as a view wants them, none saved."""

from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Coalesce

from threads.models import Author, Comment, Revision, Section, TalkPage, UnsignedText

from .authorship.lines import words_key
from .rows.fresh import fresh_rows
from .rows.names import author_name
from .rows.reading import read_text
from .rows.repairs import repaired


class PastRows(NamedTuple):
    """What stood on a page once."""

    sections: list[Section]
    comments: list[Comment]
    unsigned: list[UnsignedText]
    failed: frozenset[int]  # the keys of corrections that could not be applied to it


def revision_at(page: TalkPage, moment: datetime) -> Revision | None:
    """The revision that stood at that moment; None where the archive has none so old."""
    saved = page.revisions.shown().annotate(saved=Coalesce("timestamp", "imported_at"))
    return saved.filter(saved__lte=moment).order_by("-saved", "-number", "-pk").first()


def past_rows(page: TalkPage, revision: Revision) -> PastRows:
    """Everything that stood on the page in that revision, read from its kept wikitext.

    The rows are linked to one another as saved ones are; their keys hold among them alone.
    """
    text = revision.text
    parsed, outcomes = repaired(page, read_text(page.wiki, page.title, text), text)
    rows = fresh_rows(parsed)
    for key, row in enumerate([*rows.sections, *rows.comments, *rows.unsigned], 1):
        row.pk, row.page, row.revision = key, page, revision
    sections = {section.ident: section for section in rows.sections}
    comments = {comment.ident: comment for comment in rows.comments}
    authors: dict[str, Author] = {}

    def author(name: str) -> Author:
        name = author_name(name)
        return authors.setdefault(name, Author(pk=len(authors) + 1, wiki=page.wiki, name=name))

    for section, of_section in zip(rows.sections, parsed.sections, strict=True):
        section.parent = sections.get(of_section.parent or "")
    for comment, of_comment in zip(rows.comments, parsed.comments, strict=True):
        comment.author = author(of_comment.author)
        comment.section = sections[of_comment.section]
        comment.parent = comments.get(of_comment.parent)
    for unsigned, of_unsigned in zip(rows.unsigned, parsed.unsigned, strict=True):
        unsigned.section = sections[of_unsigned.section]
        unsigned.author = author(of_unsigned.account) if of_unsigned.account else None
    nameless = [unsigned for unsigned in rows.unsigned if unsigned.author is None]
    known = _known_by_history(page, revision) if nameless else {}
    for unsigned in nameless:
        told = known.get(words_key(unsigned.text))
        if told and told.author:
            unsigned.author = author(told.author.name)
            unsigned.known_by, unsigned.first_revision = told.known_by, told.first_revision
            unsigned.plain_name = ""
    return PastRows(*rows, frozenset(each.repair.pk for each in outcomes if each.why))


def _known_by_history(page: TalkPage, revision: Revision) -> dict[str, UnsignedText]:
    """By their words, the rows of which the history tells who wrote them, that the page had by
    then, and may have lost since; those without words left out. One query."""
    known = page.unsignedtexts.filter(known_by=UnsignedText.KnownBy.HISTORY)
    rows = known.select_related("author", "first_revision").defer("first_revision__compressed")
    return {
        words: row
        for row in rows
        if row.first_revision and _saved(row.first_revision) <= _saved(revision)
        if (words := words_key(row.text))
    }


def _saved(revision: Revision) -> datetime:
    return revision.timestamp or revision.imported_at
