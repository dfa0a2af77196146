"""What each revision of a page brought: which comments came, were edited, left or returned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Value, Window
from django.db.models.functions import Coalesce, Left, RowNumber

from threads.models import Change, Comment, Revision, TalkPage
from threads.presentation.comment.history import SEEN
from threads.presentation.people.speakers import Person

from .items import moment_of

NEWEST_FIRST = ("-saved", "-pk")
LISTED = 20  # comments of a kind that are listed of a revision …
LISTED_ALONE = 1000  # … and of one that is shown alone
BEGINNING = 500  # characters; a dozen words of a text are shown
CAME = "came"
KINDS = {CAME: SEEN, **dict(Change.Kind.choices)}


class Touched(NamedTuple):
    """A comment that a revision brought or changed."""

    comment: Comment
    person: Person  # who signed it
    text: str  # how it begins, as that revision has it


class _Edit(NamedTuple):
    """A change of what a comment says."""

    key: int
    revision: int  # the key of the one that has it
    before: str  # how the text began until then


@dataclass(slots=True)
class Happened:
    """What one revision did to comments, of one kind."""

    what: str  # “First seen”, “Edited” …
    count: int  # of the comments
    listed: list[Touched] = field(default_factory=list)  # the first of them

    @property
    def left_out(self) -> int:
        return self.count - len(self.listed)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision with what it did."""

    revision: Revision
    as_of: str  # the moment by which the page is asked for as it stood then; "" if taken down
    url_on_wiki: str  # or ""
    happened: Sequence[Happened]


def revisions_of(page: TalkPage) -> QuerySet[Revision]:
    """All that the archive keeps, with `saved`, by which they are ordered; without texts."""
    saved = Coalesce("timestamp", "imported_at")
    rows = Revision.objects.defer("compressed", "problems").select_related("withheld_by")
    return rows.filter(page=page).order_by().annotate(saved=saved)


def lines_of(
    page: TalkPage, revisions: Sequence[Revision], *, alone: bool = False
) -> list[RevisionLine]:
    """In: some revisions of the page; whether that is one which is shown `alone`. Four queries,
    whatever happened in them."""
    listed = LISTED_ALONE if alone else LISTED
    happened = _happened(page, [revision.pk for revision in revisions], listed)
    return [
        RevisionLine(
            revision,
            "" if revision.withheld_by else moment_of(revision),
            page.wiki.version_url_for(revision.number),
            [happened[revision.pk, kind] for kind in KINDS if (revision.pk, kind) in happened],
        )
        for revision in revisions
    ]


def _happened(
    page: TalkPage, keys: Sequence[int], listed: int
) -> Mapping[tuple[int, str], Happened]:
    """By revision and kind. In: how many comments of each kind are listed."""
    came = Comment.objects.order_by().filter(page=page, first_revision__in=keys)
    came_in = came.annotate(of=F("first_revision"), what=Value(CAME), whose=F("pk"))
    changed = Change.objects.order_by().filter(revision__in=keys)
    changed_in = changed.annotate(of=F("revision"), what=F("kind"), whose=F("comment"))
    found: dict[tuple[int, str], Happened] = {}
    wanted: list[tuple[tuple[int, str], int, int]] = []
    for rows, by, change in ((came_in, "", Value(0)), (changed_in, "comment__", F("pk"))):
        order = [f"{by}position", f"{by}pk"]
        place = Window(RowNumber(), partition_by=["of", "what"], order_by=order)
        count = Window(Count("pk"), partition_by=["of", "what"])
        some = rows.annotate(place=place, count=count, change=change).filter(place__lte=listed)
        for of, what, key, change_key, number in some.order_by("place").values_list(
            "of", "what", "whose", "change", "count"
        ):
            found.setdefault((of, what), Happened(str(KINDS[what]), number))
            wanted.append(((of, what), key, change_key))
    touched = {key for _kind, key, _change in wanted}
    shown = Comment.objects.select_related("author").defer("html")
    comments, edits = shown.in_bulk(touched), _edits_of(touched)
    for kind, key, change_key in wanted:
        if comment := comments.get(key):
            person = Person.named(comment.author.name, page.wiki.dbname)
            later = (edit for edit in edits[key] if edit.key > change_key)
            text = next((edit.before for edit in later if edit.revision != kind[0]), comment.text)
            found[kind].listed.append(Touched(comment, person, text))
    return found


def _edits_of(comments: Iterable[int]) -> Mapping[int, list[_Edit]]:
    """By comment, in their order."""
    edits = Change.objects.filter(comment__in=comments, kind=Change.Kind.CHANGED).order_by("pk")
    values = edits.values_list("comment", "pk", "revision", Left("text", BEGINNING))
    found: defaultdict[int, list[_Edit]] = defaultdict(list)
    for comment, *edit in values:
        found[comment].append(_Edit(*edit))
    return found
