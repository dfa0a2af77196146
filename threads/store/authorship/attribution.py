"""Who wrote what nobody signed, as the page's history tells it.

A line that was on the page before keeps its author. One that is new is by whoever saved the
revision, where it is known to follow the one that the archive has, and brings no words of
others. What several people wrote is parted.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType

from threads import models
from threads.models import Author, Revision, TalkPage, UnsignedText, Wiki
from threads.store.rows.editable import EditablePage
from threads.store.rows.names import author_name
from threads.store.rows.repairs import EDITOR
from threads.wikitext.model import Box, Comment, Item, ParsedPage, Unsigned

from .blame import UNTOLD, Blame, Origin, Stretch
from .lines import MARKS, is_whole, words_in, words_key

SEVERAL = 2
AT_ONCE = timedelta(days=1)  # between a signature's time and that of the edit that brings it
HISTORY = UnsignedText.KnownBy.HISTORY
NOTHING: Mapping[str, Origin] = MappingProxyType({})
# What titles and edit summaries say where text is moved to an archive, in many languages.
_ARCHIVES = re.compile(
    "ar[ck]h?iv|archiw|arxiu|artxibo|архив|архів|архіў|αρχειο|أرشيف|بایگانی|ארכיון|存档|存檔|過去ログ|보존|"
    "lưu trữ|arşiv|pursip",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A page with its unsigned texts' authors, as far as they are told."""

    parsed: ParsedPage
    origins: dict[str, Origin]  # of unsigned texts, by the items' ids; {} where nothing is told


def attribute(
    page: TalkPage,
    revision: Revision,
    before: Revision | None,
    parsed: ParsedPage,
    text: str,
    comments: Iterable[models.Comment] = (),
    unsigned: Sequence[UnsignedText] = (),
    moved: Mapping[str, Origin] = NOTHING,
) -> Attributed:
    """Tell who wrote the page's unsigned texts.

    In: `text` is the wikitext of `revision`, which `parsed` was read from; `before`, the
    revision that the page was in, if it was; the `comments` and `unsigned` texts that it has
    or had; what `left_above` tells. Three queries at most, none where there is nothing to tell.
    """
    user = _adder(page, revision, before, parsed, comments)
    told = moved or any(row.known_by in (HISTORY, EDITOR) for row in unsigned)
    if not (told or (user and (before or parsed.unsigned))):
        return Attributed(parsed, {})
    origins = _origins(unsigned)
    added = Origin(user, str(HISTORY), revision.pk)
    blame = Blame(before.text if before else "", text, unsigned, origins, moved, added)
    there = {comment.name for comment in comments if comment.is_current}
    return _Attribution(page, parsed, text, blame).attributed(there)


def _origins(rows: Sequence[UnsignedText]) -> dict[int, Origin]:
    """By primary key, whom kept rows are by; where an editor told it, what the history told
    before, for a repair is applied each time, or was taken back."""
    told = [row for row in rows if row.known_by != EDITOR]
    keys = {row.author_id for row in told if row.author_id}
    names = dict(Author.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    first = {
        row.pk: row.first_revision_id
        for row in rows
        if row.known_by == EDITOR and row.first_revision_id
    }
    saved = Revision.objects.filter(pk__in=first.values())
    users = dict(saved.values_list("pk", "user")) if first else {}
    found = {
        row.pk: Origin(
            names[row.author_id] if row.author_id else "",
            row.known_by if row.author_id else "",
            row.first_revision_id,
            row.pk,
        )
        for row in told
    }
    for row in rows:
        if row.known_by == EDITOR:
            user = author_name(users.get(first.get(row.pk, 0), ""))
            known_by = str(HISTORY) if user else ""
            found[row.pk] = Origin(user, known_by, row.first_revision_id, row.pk)
    return found


def left_above(wiki: Wiki, titles: Iterable[str]) -> dict[str, dict[str, Origin]]:
    """By title, what left the page that a subpage is below: the origins of lines, by their words.

    Subpages of which nothing is told are not there. One query, none where there are none.
    """
    above = {title: title.partition("/")[0] for title in titles if "/" in title}
    if not above:
        return {}
    left = UnsignedText.objects.filter(
        page__wiki=wiki, page__title__in=above.values(), is_current=False, known_by=HISTORY
    )
    rows = left.order_by("-revision_id").values_list(
        "page__title", "text", "author__name", "first_revision"
    )
    found: dict[str, dict[str, Origin]] = {}
    for title, text, name, first in rows:
        for line in text.splitlines():
            origin = Origin(name, str(HISTORY), first)
            found.setdefault(title, {}).setdefault(words_key(line), origin)
    return {title: found[page] for title, page in above.items() if page in found}


def _adder(
    page: TalkPage,
    revision: Revision,
    before: Revision | None,
    parsed: ParsedPage,
    comments: Iterable[models.Comment],
) -> str:
    """Who wrote what is new in the revision; "" where that cannot be told for certain.

    In: as above. It cannot where revisions may lie between the two, and where text was moved.
    """
    user = author_name(revision.user)
    parent = before.number if before else 0
    if not user or revision.is_by_bot or revision.parent_number is None:
        return ""
    if revision.parent_number != parent or (before and before.pk == revision.pk):
        return ""
    if _ARCHIVES.search(f"{page.title}\n{revision.summary}"):
        return ""
    there = {comment.name for comment in comments if comment.is_current}
    others = [
        comment
        for comment in parsed.comments
        if comment.name not in there and author_name(comment.author) != user
    ]
    saved = revision.timestamp
    is_late = saved and any(saved - comment.timestamp > AT_ONCE for comment in others)
    return "" if is_late or len(others) >= SEVERAL else user


class _Attribution:
    """A page whose texts that nobody signed are given their authors, and parted by them."""

    def __init__(self, page: TalkPage, parsed: ParsedPage, text: str, blame: Blame) -> None:
        self._page = page
        self._parsed = parsed
        self._text = text
        self._blame = blame
        self._ends: dict[str, tuple[str, str]] = {}  # of an item that was parted: first and last
        self._origins: dict[str, Origin] = {}

    def attributed(self, there: Container[str]) -> Attributed:
        """In: the names of the comments that stood on the page before."""
        items: list[Item] = []
        for item in self._parsed.items:
            parts = [item]
            if isinstance(item, Unsigned):
                parts = [*self._by_author(item)]
            elif isinstance(item, Comment):
                parts = [*self._around(item, is_new=item.name not in there)]
            if len(parts) > 1:
                self._ends[item.id] = parts[0].id, parts[-1].id
            items += parts
        boxes = tuple(self._bounded(box) for box in self._parsed.boxes)
        return Attributed(replace(self._parsed, items=tuple(items), boxes=boxes), self._origins)

    def _by_author(self, item: Unsigned) -> Iterator[Item]:
        """An unsigned text as one for each of its authors.

        An account that the history tells goes before a name without one, which stands in the text
        all the same.
        """
        if item.known_by == EDITOR:
            origins = [stretch.origin for stretch in self._stretches(item.start, item.end)]
            self._origins[item.id] = origins[0] if len(origins) == 1 else UNTOLD
            yield item
            return
        named = item.account and Origin(item.account, item.known_by or "")
        stretches = list(self._stretches(item.start, item.end, named or None))
        last = stretches[-1].origin
        if item.account and (len(stretches) == 1 or last.author != item.account):
            self._origins[item.id] = last if len(stretches) == 1 else UNTOLD
            yield item
        elif len(stretches) == 1:
            self._origins[item.id] = last
            is_told = bool(last.author)
            yield replace(item, author=last.author, known_by=last.known_by) if is_told else item
        else:
            yield from (self._unsigned(item, stretch) for stretch in stretches[:-1])
            part = self._unsigned(item, stretches[-1])
            is_named = item.plain_name and not part.author
            yield replace(part, author=item.author, known_by=item.known_by) if is_named else part

    def _around(self, item: Comment, *, is_new: bool) -> Iterator[Item]:
        """A comment, parted from the lines before and after it that somebody else wrote."""
        signed = sorted((item.signature, *item.cosigners), key=lambda each: each.start)
        begin = self._begin(item, signed[0].start)
        end = self._end(item, signed[-1].end, is_new=is_new)
        if (begin, end) == (item.start, item.end):
            yield item
            return
        before = self._stretches(item.start, begin) if begin > item.start else ()
        yield from (self._unsigned(item, stretch) for stretch in before)
        own = self._editable.shown(begin, end, signed)
        yield replace(item, start=begin, end=end, text=own.text, html=own.html)
        after = self._stretches(end, item.end) if end < item.end else ()
        yield from (self._unsigned(item, stretch) for stretch in after)

    def _begin(self, item: Comment, signature: int) -> int:
        """Where a comment's own text begins: behind what stood there unsigned by another."""
        begin = at = item.start
        signed = max(self._text.rfind("\n", 0, signature) + 1, begin)  # that line is its own
        for line in self._text[begin:signed].splitlines(keepends=True):
            at += len(line)
            if words_in(line):
                origin = self._blame.kept(line)
                if not origin.author:
                    break
                begin = at if self._is_others(origin, item) else begin
        own = words_in(self._text[begin:signature])
        return begin if own and is_whole(self._text[item.start : begin]) else item.start

    def _end(self, item: Comment, signature: int, *, is_new: bool) -> int:
        """Where a comment ends: before the lines below its signature that others wrote."""
        rest = self._text.find("\n", signature, item.end) + 1
        lines = [line for line in self._text[rest : item.end].splitlines() if words_in(line)]
        if not (rest and lines and is_whole(self._text[item.start : rest])):
            return item.end
        look = self._blame.kept if is_new else self._blame.peek
        return rest if all(self._is_others(look(line), item) for line in lines) else item.end

    @staticmethod
    def _is_others(origin: Origin, item: Comment) -> bool:
        return origin.author not in ("", author_name(item.author))

    def _unsigned(self, item: Unsigned | Comment, stretch: Stretch) -> Unsigned:
        """A stretch of an item as an unsigned text of its own."""
        start, end, origin = stretch.start, stretch.end, stretch.origin
        words = self._text[start:end].lstrip("\n")
        level = 1 + len(words) - len(words.lstrip(MARKS.strip()))
        piece = self._editable.shown(start, end, ())
        ident = f"u-at-{start}"
        self._origins[ident] = origin
        told = (origin.author, origin.known_by) if origin.author else (None, None)
        place = (item.parent, item.section, level, start, end)
        return Unsigned(ident, *place, piece.text, piece.html, *told)

    def _stretches(self, start: int, end: int, named: Origin | None = None) -> Iterator[Stretch]:
        """The text by author; what cannot be parted has none.

        In: the author whom the text itself names, who has written all but what others are
        known to have.
        """
        stretch = Stretch(start, start)
        for line in self._text[start:end].splitlines(keepends=True):
            origin = self._blame.of(line) if words_in(line) else None
            if origin and named and self._blame.known(line).author in ("", named.author):
                origin = replace(origin, author=named.author, known_by=named.known_by)
            if origin and not stretch.takes(origin):
                if is_whole(self._text[stretch.start : stretch.end]):
                    yield stretch
                    stretch = Stretch(stretch.end, stretch.end)
                    stretch.takes(origin)
                else:
                    stretch.is_mixed = True
            stretch.end += len(line)
        yield stretch

    @cached_property
    def _editable(self) -> EditablePage:
        return EditablePage.of(self._page, self._parsed, self._text)

    def _bounded(self, box: Box) -> Box:
        first, last = (self._ends.get(each, (each, each)) for each in (box.first, box.last))
        return replace(box, first=first[0], last=last[1])
