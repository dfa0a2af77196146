"""What imports wrote down of a wiki's pages, and authors of whom nothing is left, redacted."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction

from threads.models import Author, Comment, ImportItem, ImportRun, PrivacyRule, Section, Wiki
from threads.models.runs.run import State
from threads.store import forget_authors
from threads.wikitext.redaction.addresses import is_masked
from threads.wikitext.redaction.comments import signed_by
from threads.wikitext.redaction.redacting import Redaction
from threads.wikitext.structure.identity import name_in_ids

from .redacting.columns import OF_ITEMS, OF_RUNS, Change, redact_rows
from .withheld.originals import Originals

ROWS_AT_ONCE = 500  # read, changed and saved together


def redact_records(wiki: Wiki, redaction: Redaction) -> None:
    """Change what imports of a wiki wrote down; those that are not over tell it once they are."""
    runs = ImportRun.objects.filter(wiki=wiki).exclude(state__in=(State.QUEUED, State.RUNNING))
    _redact(runs, OF_RUNS, redaction)
    _redact(ImportItem.objects.filter(run__wiki=wiki), OF_ITEMS, redaction)


def redact_run(run: ImportRun, redaction: Redaction) -> None:
    """The same for what one import was asked for and had to say, when it is over."""
    _redact(ImportRun.objects.filter(pk=run.pk), OF_RUNS, redaction)


def _redact(rows: Any, columns: dict[str, Change], redaction: Redaction) -> None:
    for some in _batches(rows.order_by("pk").iterator(ROWS_AT_ONCE)):
        originals = Originals.of_rows(rows.model, [row.pk for row in some])
        with transaction.atomic():
            for row in redact_rows(some, columns, redaction, originals):
                try:
                    with transaction.atomic():
                        row.save(update_fields=list(columns))
                except IntegrityError:  # two pages of an import have come to be called the same
                    row.title = f"{row.title} [{row.pk}]"
                    row.save(update_fields=list(columns))
            originals.save()


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield some


def forget_names(rule: PrivacyRule, redaction: Redaction) -> None:
    """Let nobody be found by a name that a rule has taken, or given, of whom nothing is left."""
    names = {name for name in _names_of(rule, redaction) if not _is_told(rule.wiki, name)}
    authors = Author.objects.filter(wiki=rule.wiki, name__in=names)
    forget_authors(authors.values_list("pk", flat=True))


def _names_of(rule: PrivacyRule, redaction: Redaction) -> set[str]:
    known = Author.objects.filter(wiki=rule.wiki).order_by().values_list("name", flat=True)
    if rule.undone_at and rule.kind == PrivacyRule.Kind.MASK:
        return set(filter(is_masked, known.iterator()))
    if rule.undone_at:
        return {rule.new_name} if rule.new_name and rule.known.get("is_new") else set()
    signers = set(rule.known.get("signers", ()))
    hidden = {author for taken in redaction.comments for author, _time in signed_by(taken)}
    return signers | {
        name
        for name in known.iterator()
        if redaction.name(name) != name or name_in_ids(name) in hidden
    }


def _is_told(wiki: Wiki, name: str) -> bool:
    """Whether a name stands in what is no row of its own: a co-signature, or a closure."""
    signed = Comment.objects.filter(wiki=wiki).exclude(cosigners=[]).order_by()
    closed = Section.objects.filter(page__wiki=wiki).exclude(closures=[]).order_by()
    told = [*signed.values_list("cosigners", flat=True), *closed.values_list("closures", flat=True)]
    return any(name in (each.get("author"), each.get("by")) for some in told for each in some)
