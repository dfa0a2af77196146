"""The wikitext of a reply, and where on the page it goes: as a wiki's own reply tool would do it.

Rules, as DiscussionTools has them: a reply is one step deeper than what it answers and comes
behind the replies that are there already; where there are some, it joins their list, else it
is indented by a colon; every line of it has the same list marks; signed by four tildes at the
end of the last one.
"""

import re
from dataclasses import dataclass
from itertools import chain

from .models import Comment, Revision, UnsignedText
from .store import read_text

SIGNATURE = "~~~~"
LONGEST = 20_000  # characters of a reply that are read
_MARKS = re.compile(r"[:*#]*")
_LIST_LINE = re.compile(r"[:*#;]")
# What spans lines and would be torn apart by list marks before each of them.
_BLOCK = re.compile(
    r"^\s*(?:\{\||=.*=\s*$)|<(?:pre|syntaxhighlight|source|poem|gallery|blockquote|div|table)\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a reply goes in the page's wikitext."""

    marks: str  # the list marks that its lines begin with: "::", "*:"
    after: str  # the line behind which it goes
    number: int  # of that line, from 1


@dataclass(frozen=True, slots=True)
class ComposedReply:
    """A reply, ready to be put into the page."""

    spot: Spot
    wikitext: str  # whole lines; "" while nothing has been written
    html: str  # what readers will see, safe
    indentable: bool  # False: it has a table or a block that list marks would tear apart


def spot_below(comment: Comment) -> Spot:
    """Where a reply to a comment that stands on its page goes. Four queries."""
    text = Revision.objects.get(pk=comment.revision_id).text
    branch = _end_of_branch(comment)
    end = _end_of_line(text, branch)
    begin = text.rfind("\n", 0, end) + 1
    marks = _marks_of_reply(text, comment, branch)
    return Spot(marks, text[begin:end], text.count("\n", 0, begin) + 1)


def _end_of_branch(comment: Comment) -> int:
    """Where in the wikitext a comment ends with the replies that stand behind it there: not with
    those that an editor has moved below it from elsewhere."""
    below = (
        Comment.objects.current().below(comment),
        UnsignedText.objects.current().below(comment),
    )
    rows = chain.from_iterable(each.values_list("start", "end") for each in below)
    spans = {start: end for start, end in rows if start < end}
    end = comment.end
    while end in spans:
        end = spans[end]
    return end


def compose(comment: Comment, body: str, *, mention: bool = False) -> ComposedReply:
    """A reply to a comment that stands on its page; `mention` names its author first."""
    spot = spot_below(comment)
    lines = [line.rstrip() for line in body[:LONGEST].strip().splitlines() if line.strip()]
    if not lines:
        return ComposedReply(spot, "", "", indentable=True)
    if mention:
        name = comment.author.name
        lines[0] = f"@[[User:{name}|{name}]]: {lines[0]}"
    wikitext = "\n".join(_marked(spot.marks, line) for line in _signed(lines))
    indentable = not _BLOCK.search(body)
    return ComposedReply(spot, wikitext, _preview(comment, "\n".join(lines)), indentable)


def _preview(comment: Comment, text: str) -> str:
    parsed = read_text(comment.page.wiki, comment.page.title, text)
    return "".join(item.html for item in parsed.items)


def _signed(lines: list[str]) -> list[str]:
    """The lines with the signature: behind the last, or below it where that is a list's."""
    if lines[-1].endswith(SIGNATURE):
        return lines
    if _LIST_LINE.match(lines[-1]):
        return [*lines, SIGNATURE]
    return [*lines[:-1], f"{lines[-1]} {SIGNATURE}"]


def _marked(marks: str, line: str) -> str:
    return marks + line if _LIST_LINE.match(line) else f"{marks} {line}"


def _marks_of_reply(text: str, comment: Comment, branch: int) -> str:
    """Those of the replies before the branch's end; else one more than the comment's last line."""
    replies = Comment.objects.current().filter(parent=comment.pk, inline=False, end__lte=branch)
    last = replies.order_by("-position").only("start", "end").first()
    own = _marks_at(text, comment.end)
    if last is not None:
        marks = _marks_at(text, last.end)
        if len(marks) == len(own) + 1:
            return marks
    return own + ":"


def _marks_at(text: str, end: int) -> str:
    """The list marks of the last line of what ends there."""
    begin = text.rfind("\n", 0, _without_blanks(text, end)) + 1
    found = _MARKS.match(text, begin)
    return found[0] if found else ""


def _end_of_line(text: str, end: int) -> int:
    """Where the last line ends of what ends there."""
    found = text.find("\n", _without_blanks(text, end))
    return len(text) if found < 0 else found


def _without_blanks(text: str, end: int) -> int:
    """Items reach to the next one: blank lines between them are in neither's last line.

    One that has come in since the text was read may end behind it.
    """
    end = min(end, len(text))
    while end and text[end - 1].isspace():
        end -= 1
    return end
