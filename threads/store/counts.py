"""What became of the comments of a page, or of a whole import, as numbers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self, TypeVar

from threads.models import Change, Comment, ImportItem, ImportRun, Wiki
from threads.models.comments import CommentQuerySet
from threads.wikitext.model import ParsedPage

Key = TypeVar("Key")
Identity = tuple[str, str]

NAMES_A_QUERY = 500
SHOWN = ("ident", "html", "text", "inline", "cosigners")  # a comment that differs here changed


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
    problems: int = 0  # that the parser noticed

    def __add__(self, other: Self) -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def differ(self) -> bool:
        """Whether any comment is other than it was."""
        return any((self.new, self.moved, self.changed, self.gone, self.left, self.returned))


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
    *,
    problems: int = 0,
) -> Tally:
    """What storing `comments` makes of the `kept` ones; `new` are those that continue none.

    All are of one page; two comments are the same where their primary keys are. A query
    for 500 new comments.
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
        problems=problems,
    )
    return Tally(counts, frozenset(moved), frozenset(comment.identity for comment in gone))


def tally_new(wiki: Wiki, pages: Sequence[tuple[Sequence[Comment], ParsedPage]]) -> list[Tally]:
    """The same for pages that are new, with what was read from each; none is written yet.

    Each is told as if those before it were there. A query for 500 comments of all.
    """
    names = {comment.name for comments, _parsed in pages for comment in comments}
    known = _identities(wiki, Comment.objects.all(), names)
    tallies = []
    for comments, parsed in pages:
        own = [comment.identity for comment in comments]
        moved = [identity for identity in own if identity in known]
        counts = Counts(new=len(own) - len(moved), moved=len(moved), problems=len(parsed.problems))
        tallies.append(Tally(counts, frozenset(moved)))
        known.update(own)
    return tallies


def known_elsewhere(
    wiki: Wiki, comments: Sequence[Comment], *, standing: bool = False
) -> set[Identity]:
    """Of these comments of one page, those that other pages of the wiki have, or had."""
    if not (comments and wiki.pk):
        return set()
    others = Comment.objects.exclude(page=comments[0].page_id)
    if standing:
        others = others.current()
    return _identities(wiki, others, {comment.name for comment in comments})


def _identities(wiki: Wiki, comments: CommentQuerySet, names: Collection[str]) -> set[Identity]:
    """Of these comments, those of the wiki that have one of these names."""
    wanted = sorted(names)
    found: set[Identity] = set()
    for start in range(0, len(wanted), NAMES_A_QUERY):
        some = comments.filter(name__in=wanted[start : start + NAMES_A_QUERY])
        # The wiki is looked at here: asked for it, SQLite goes through all of its pages.
        rows = some.select_related("page").only("name", "text", "page__wiki").iterator()
        found.update(comment.identity for comment in rows if comment.page.wiki_id == wiki.pk)
    return found


def settle(run: ImportRun) -> None:
    """At the end of an import: of what went from each page, tell what stands elsewhere now.

    Such comments count as `left`, no longer as `gone`. The same again changes nothing.
    """
    for item in run.items.exclude(page=None).select_related("page").iterator():
        went = item.counts.get("gone", 0) + item.counts.get("left", 0)
        if went:
            comments = list(_went(run, item))
            elsewhere = known_elsewhere(run.wiki, comments, standing=True)
            left = sum(comment.identity in elsewhere for comment in comments)
            _split(item, went, left)


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
