"""Parting: whose words are whose where DiscussionTools gives several people's to one signer.

DiscussionTools gives a signer all text since the last signature that it can read. What ends in
another signature, in a date of former years or in none, is somebody else's: it becomes an item
of its own, and the signer keeps the rest. Rather too little is parted than too much: lists,
quotations, tables and paragraphs of one person stay together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from threads.wikitext.flow.nodes import Node
from threads.wikitext.structure.comments import Draft, DraftComment, DraftUnsigned, with_openings
from threads.wikitext.structure.places import Places
from threads.wikitext.structure.signatures import FoundSignature, is_content

from .additions import Additions
from .beginnings import Beginnings, lines_with_words
from .box_lines import BoxLines
from .marks import Marks
from .plain_names import PlainNames
from .remarks import hosts_apart
from .signed_above import SignedAbove
from .table_rows import TableRows
from .text_lines import Mark, ShownLine, TextLine, TextLines, first_opening, said


class Parter:
    """Parts the drafts of one page."""

    def __init__(self, flow: list[Node], places: Places, marks: Marks, names: PlainNames) -> None:
        self._flow = flow
        self._marks = marks
        self._names = names
        self._additions = Additions(flow, marks)
        self._lines = TextLines(flow, places)
        self._places = places
        self._boxes = BoxLines(flow, places)
        self._beginnings = Beginnings(flow, places)
        self._rows = TableRows(flow, places)
        self._above = SignedAbove(flow, places, self._lines)
        self.cut: set[Draft] = set()  # comments and unsigned texts that lost a part
        self._free = 0  # index of the first node that no draft has claimed
        self._before: DraftComment | None = None  # what is signed right before a draft

    def parted(self, drafts: Sequence[Draft]) -> list[Draft]:
        """All drafts in their order, each between what was parted from it."""
        found: list[Draft] = []
        for draft in drafts:
            self._free = draft.first
            found += self._rest_of_row(draft)
            if isinstance(draft, DraftUnsigned) and draft.first == draft.last:  # nothing is left
                continue
            if isinstance(draft, DraftUnsigned):
                found += self._unsigned(draft)
            elif isinstance(draft, DraftComment):
                if draft.host is not None:
                    found += self._between(draft)
                elif self._may_hold_others(draft):
                    found += self._comment(draft)
                else:
                    found.append(draft)
                found += self._behind(draft)
            else:
                found.append(draft)
            self._before = draft if isinstance(draft, DraftComment) else None
        found = self._above.with_words_below(found, self.cut)
        return hosts_apart(self._flow, found, self._names, self.cut)

    def _rest_of_row(self, draft: Draft) -> list[Draft]:
        """What a draft begins with that stands in a row of a table behind the signature before it:
        it becomes a part of what is signed there, or an item of its own."""
        before = self._before
        row = self._rows.going_on(before, draft) if before else None
        if before is None or row is None:
            return []
        signed = draft.signature.first if isinstance(draft, DraftComment) else draft.last
        lines = self._lines.between(draft.first, min(row.last, signed))
        parts = [] if row.is_signed_first else self._apart(lines)
        self._free = lines[-1].last
        if row.is_signed_first:
            self.cut.add(before)
            before.last = self._free
        first = next((i for i in range(row.last, signed) if is_content(self._flow[i])), signed)
        if first < draft.last:
            self._shorten(draft, first, first)
        else:
            draft.first = draft.last
        return parts

    def _apart(self, lines: Sequence[TextLine]) -> list[Draft]:
        """Lines that are not the signer's: what is signed in them otherwise, and the rest."""
        parts, count = self._parts(lines, None)
        return [*parts, self._part(lines[count:], Mark())] if count < len(lines) else parts

    def _may_hold_others(self, draft: DraftComment) -> bool:
        """False only if nothing can be parted from a comment; much faster than looking."""
        first, signed = draft.first, draft.signature.first
        if self._lines.may_be_half_signed(first, signed):
            return True
        if self._lines.is_one(first, signed):
            return self._lines.have_user(first, signed) and self._may_be_dated(first, signed)
        return (
            self._beginnings.may_be_ruled_off(first, draft.signature)
            or self._boxes.have_label(first, signed)
            or self._places.has_states(first, signed)
            or self._additions.is_postscript(first)
            or self._rows.of(draft) is not None
            or self._lines.have_user(first, signed)
            or not self._lines.are_alike(first, signed)
            or self._may_be_dated(first, signed)
        )

    def _may_be_dated(self, first: int, last: int) -> bool:
        if not self._lines.may_have_time(first, last):
            return False
        return self._marks.may_be_dated(said(self._flow[first:last]))

    def _comment(self, draft: DraftComment) -> Iterator[Draft]:
        """What is somebody else's before a comment; and the comment with what is left of it."""
        signed = draft.signature.first
        lines = lines_with_words(self._lines.between(draft.first, signed), signed)
        if above := self._rows.lines_above(lines, draft):
            yield from self._apart(lines[:above])
            self._shorten(draft, lines[above].first if above < len(lines) else signed, signed)
            yield draft
            return
        labels = self._boxes.labels_in(lines[:-1], draft)
        label = draft.first if labels else -1
        lines = lines[labels:]
        boxed = self._boxes.boxed_in(lines, draft)
        boxed = boxed or self._postscript_in(lines, draft)
        begun = boxed + self._boxes.standing_in(lines[boxed:], draft)
        for others in filter(None, (lines[:boxed], lines[boxed:begun])):
            yield self._part(others, Mark(), can_be_answered=False)
        parts, count = self._parts(lines[begun:-1], draft.signature, lines[-1:])
        yield from parts
        own = begun + count
        answer = own + self._beginnings.before(lines[own:], draft.signature)
        if answer > own:
            yield self._part(lines[own:answer], Mark())
        if answer or labels:
            self._shorten(draft, lines[answer].first, signed)
            draft.label = -1 if answer else label
        yield from self._inline(draft, lines[-1:], by_others=True)

    def _behind(self, draft: DraftComment) -> list[Draft]:
        """What is somebody else's in a paragraph behind its last signature: up to the last mark,
        and what follows that, which nobody has signed."""
        signature = draft.signatures[-1]
        if not self._lines.have_user(signature.last + 1, draft.last):
            return []
        lines = self._lines.between(signature.last, draft.last)
        lines[0] = lines[0]._replace(skip=signature.tail)
        while lines and self._additions.goes_on(lines[0]):
            lines.pop(0)
        self._free = signature.last + 1
        parts, own = self._parts(lines, signature)
        if not parts:
            return []
        if own < len(lines):
            parts.append(self._part(lines[own:], Mark()))
        self.cut.add(draft)
        draft.last = max(lines[0].first, signature.last + 1)
        if lines[0].skip:  # it is said in the line of the signature, and answers it
            draft.answered_inline = True
            parts[0].answers, parts[0].behind = draft, signature
            parts[0].level = draft.level + 1
        return parts

    def _between(self, draft: DraftComment) -> list[Draft]:
        """What is somebody else's in the lines between two signatures of a paragraph, and the
        comment that the second one signs."""
        first, signed = draft.first, draft.signature.first
        if self._lines.is_one(first, signed):
            return [draft]
        lines = [line for line in self._lines.between(first, signed) if line.first < signed]
        lines[0] = lines[0]._replace(skip=draft.skip)
        self._additions.give(draft, lines, self.cut)
        if not self._lines.have_user(first + 1, signed):
            return [draft]
        if not ShownLine(self._flow, lines[0]).has_words(1):
            lines.pop(0)
        self._free = first + 1
        parts, own = self._parts(lines[:-1], draft.signature)
        if parts:
            if lines[0].skip:
                parts[0].behind = draft.behind
            for part in parts:
                part.answers, part.level = draft.answers, draft.level
            self.cut.add(draft)
            draft.first, draft.behind = lines[own].first, None
        return [*parts, draft]

    def _unsigned(self, draft: DraftUnsigned) -> Iterator[Draft]:
        """The signed parts of what DiscussionTools finds no signature in, and what is left."""
        lines = self._lines.between(draft.first, draft.last)
        labels = self._boxes.labels_in(lines, draft)
        lines = lines[labels:]
        parts, own = self._parts(lines, None)
        yield from parts
        if own < len(lines):
            if own or labels:
                self._shorten(draft, lines[own].first, lines[-1].first)
            if name := self._names.author(lines[own:]):
                draft.author, draft.known_by = name, "name"
            yield draft

    def _postscript_in(self, lines: Sequence[TextLine], draft: DraftComment) -> int:
        """How many lines are a postscript to what somebody else has signed before: one or none."""
        before = self._before
        if before is None or len(lines) < 2 or before.signature.author == draft.signature.author:
            return 0
        return int(self._additions.is_postscript(lines[0].first))

    def _parts(
        self,
        lines: Sequence[TextLine],
        signer: FoundSignature | None,
        behind: Sequence[TextLine] = (),
    ) -> tuple[list[Draft], int]:
        """What ends in a mark, and how many lines it takes; `behind` is what follows them."""
        parts: list[Draft] = []
        begin = 0
        marks = self._marks.in_lines(lines, signer, behind)
        if not marks:
            return parts, begin
        items = Counter((mark.author, lines[number].prefix) for number, mark in marks.items())
        for number, mark in marks.items():
            line = lines[number]
            answer = self._beginnings.before_mark(
                lines[begin : number + 1], mark, signs_others=items[mark.author, line.prefix] > 1
            )
            if answer:
                parts.append(self._part(lines[begin : begin + answer], Mark()))
                begin += answer
            part = self._part(lines[begin : number + 1], mark)
            if isinstance(part, DraftComment):
                parts += self._inline(part, [line], by_others=False)
            else:
                parts.append(part)
            begin = number + 1
        return parts, begin

    def _part(
        self, lines: Sequence[TextLine], mark: Mark, *, can_be_answered: bool = True
    ) -> Draft:
        flow = self._flow
        first, last = lines[0].first, lines[-1].last
        while last > first + 1 and not is_content(flow[last - 1]):
            last -= 1
        level = self._level(first, mark.signature.last if mark.signature else last - 1)
        first = with_openings(flow, first, self._free)
        self._free = last
        if mark.signature:
            return DraftComment(first, last, level, signatures=[mark.signature])
        author, known_by = mark.author, mark.known_by
        if author is None and (author := self._names.author(lines)):
            known_by = "name"
        return DraftUnsigned(
            first,
            last,
            level,
            author=author,
            known_by=known_by,
            can_be_answered=can_be_answered and not all(line.is_inserted for line in lines),
        )

    def _inline(
        self, draft: DraftComment, lines: Sequence[TextLine], *, by_others: bool
    ) -> Iterator[Draft]:
        """A comment; before it, what somebody else has signed in the line that it is signed in,
        which it answers then. It is DiscussionTools' comment, and no inline reply."""
        for line in lines:
            signature = None
            if self._lines.have_user(first_opening(self._flow, line.first), draft.signature.first):
                signature = self._marks.inside(line, draft.signature, by_others=by_others)
            if signature is None:
                continue
            host = DraftComment(
                draft.first, signature.last + 1, draft.level, draft.label, signatures=[signature]
            )
            host.answered_inline = True
            draft.first, draft.level, draft.label = signature.last, draft.level + 1, -1
            draft.answers, draft.behind = host, signature
            self.cut.add(draft)
            yield host
        yield draft

    def _shorten(self, draft: Draft, first: int, last: int) -> None:
        """Begin a draft later, for what stands before is parted from it."""
        self.cut.add(draft)
        draft.first = with_openings(self._flow, first, self._free)
        draft.level = self._level(first, last)

    def _level(self, first: int, last: int) -> int:
        return min(self._flow[first].level, self._flow[last].level) + 1
