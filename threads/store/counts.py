"""What became of the comments of a page, or of a whole import, as numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self, TypeVar

from django.db.models import Q

from threads.models import Change, Comment, ImportItem, ImportRun, Wiki
from threads.models.discussion.comments import CommentQuerySet, comment_identity
from threads.wikitext.model import ParsedPage

from .rows.per_query import per_query

Key = TypeVar("Key")
Identity = tuple[str, str]

# A comment that differs in one of these changed.
SHOWN = (
    *("ident", "precision", "zone_assumed", "impossible_date"),
    *("html", "text", "inline", "cosigners"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a page's comments; of several pages or revisions, added up."""

    new: int = 0
    moved: int = 0  # new on this page, but known from another page of the wiki
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    left: int = 0  # went from this page, and stand on another one now; told by `settle`
    returned: int = 0
    problems: int = 0  # that the parser noticed, something may be lost or wrong …
    notes: int = 0  # … and what it noticed that is harmless

    def __add__(self, other: Self) -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def differ(self) -> bool:
        """Whether any comment is other than it was."""
        return any((self.new, self.moved, self.changed, self.gone, self.left, self.returned))


def noticed(severities: Iterable[str]) -> Counts:
    """The counts of what the parser noticed. In: of each, "problem" or "note"."""
    found = Counter(severities)
    return Counts(problems=found.total() - found["note"], notes=found["note"])


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one page, and who is behind some of them."""

    counts: Counts
    moved: frozenset[Identity] = frozenset()
    gone: frozenset[Identity] = frozenset()


def tally(
    wiki: Wiki,
    comments: Sequence[Comment],
    kept: Sequence[Comment],
    new: Sequence[Comment],
    parsed: ParsedPage,
) -> Tally:
    """What storing `comments` makes of the `kept` ones; `new` are those that continue none.

    All are of one page, as `parsed`; two comments are the same where their primary keys are.
    A query for 500 new comments.
    """
    before = {comment.pk: comment for comment in kept}
    old = [(before[comment.pk], comment) for comment in comments if comment.pk in before]
    stayed = [pair for pair in old if pair[0].is_current]
    changed = sum(any(getattr(a, name) != getattr(b, name) for name in SHOWN) for a, b in stayed)
    standing = {comment.pk for _before, comment in stayed}
    gone = [comment for comment in kept if comment.is_current and comment.pk not in standing]
    elsewhere = known_elsewhere(wiki, new)
    moved = [
        identity for identity in (comment.identity for comment in new) if identity in elsewhere
    ]
    counts = Counts(
        new=len(new) - len(moved),
        moved=len(moved),
        changed=changed,
        unchanged=len(stayed) - changed,
        gone=len(gone),
        returned=len(old) - len(stayed),
    ) + noticed(problem.severity for problem in parsed.problems)
    return Tally(counts, frozenset(moved), frozenset(comment.identity for comment in gone))


def tally_new(wiki: Wiki, pages: Mapping[int, ParsedPage]) -> list[Tally]:
    """The same for pages that were new and are written now: what was read from them, by their keys.

    Each is told as if those before it alone had been there. One query.
    """
    theirs = Comment.objects.order_by().filter(page__in=pages.keys())
    # By time first, which has an index: whoever has the same name has the same time.
    namesakes = Comment.objects.filter(
        timestamp__in=theirs.values("timestamp"), name__in=theirs.values("name")
    )
    known = set(_identities(wiki, namesakes.exclude(page__in=pages.keys())))
    names = Counter(comment.name for page in pages.values() for comment in page.comments)
    names.update(name for name, _text in known)
    tallies = []
    for page in pages.values():
        comments = page.comments
        alike = [
            comment_identity(each.name, each.text) for each in comments if names[each.name] > 1
        ]
        moved = [identity for identity in alike if identity in known]
        new = len(comments) - len(moved)
        counts = noticed(problem.severity for problem in page.problems)
        tallies.append(Tally(counts + Counts(new=new, moved=len(moved)), frozenset(moved)))
        known.update(alike)
    return tallies


def known_elsewhere(
    wiki: Wiki, comments: Sequence[Comment], *, standing: bool = False
) -> set[Identity]:
    """Of these comments of one page, those that other pages of the wiki have, or had.

    A query for 500 names.
    """
    if not (comments and wiki.pk):
        return set()
    others = Comment.objects.exclude(page=comments[0].page_id)
    if standing:
        others = others.current()
    names = sorted({comment.name for comment in comments})
    found: set[Identity] = set()
    for some in per_query(names):
        found.update(_identities(wiki, others.with_names(some)))
    return found


def _identities(wiki: Wiki, comments: CommentQuerySet) -> Iterator[Identity]:
    """Of these comments, those of the wiki."""
    # The wiki is looked at here: asked for it, SQLite goes through all of its pages.
    rows = comments.order_by().select_related("page").only("name", "text", "page__wiki").iterator()
    return (comment.identity for comment in rows if comment.page.wiki_id == wiki.pk)


def settle(run: ImportRun) -> None:
    """At the end of an import: of what went from each page, tell what stands elsewhere now.

    Such comments count as `left`, no longer as `gone`. The same again changes nothing.
    """
    some = Q(counts__gone__gt=0) | Q(counts__left__gt=0)
    for item in run.items.filter(some).exclude(page=None).select_related("page").iterator():
        comments = list(_went(run, item))
        elsewhere = known_elsewhere(run.wiki, comments, standing=True)
        left = sum(comment.identity in elsewhere for comment in comments)
        _split(item, item.counts.get("gone", 0) + item.counts.get("left", 0), left)


def _went(run: ImportRun, item: ImportItem) -> Iterator[Comment]:
    """The comments that a run saw go from a page, and that did not come back there."""
    seen = Change.objects.filter(kind=Change.Kind.LEFT, comment__page=item.page)
    in_run = seen.filter(revision__imported_at__gte=run.started_at) | seen.filter(
        revision=item.revision
    )
    went = Comment.objects.filter(pk__in=in_run.values("comment"), is_current=False)
    return went.only("name", "text", "page").iterator()


def _split(item: ImportItem, went: int, left: int) -> None:
    left = min(left, went)
    item.counts = {**item.counts, "gone": went - left, "left": left}
    item.save(update_fields=["counts"])


def settle_dry(tallies: Mapping[Key, Tally]) -> dict[Key, Counts]:
    """The same for a dry run, whose pages are not in the archive: their counts, by key.

    In: the tally of each page, by a key of the caller's choice.
    """
    arrived = {identity for each in tallies.values() for identity in each.moved}
    settled = {}
    for key, each in tallies.items():
        left = len(each.gone & arrived)
        settled[key] = each.counts + Counts(left=left, gone=-left)
    return settled
