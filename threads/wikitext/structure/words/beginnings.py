"""Where what a signer says begins, as far as its indentation and horizontal rules tell."""

from collections.abc import Sequence

from threads.wikitext.flow.nodes import Node
from threads.wikitext.site.greetings import without_greeting
from threads.wikitext.site.unsigned import begins_like_unsigned
from threads.wikitext.structure.places import Places
from threads.wikitext.structure.signatures import FoundSignature

from .text_lines import LEADS_OVER, LINKED, WORD, Mark, ShownLine, TextLine, said
from .undated import FEW_WORDS

_BEFORE_NOTE = " -–—\n"  # before a sentence that tells that nobody has signed
_LAST_OF_RULES = 2004  # year in which people parted what they said by rules


class Beginnings:
    """Finds them in one flow."""

    def __init__(self, flow: Sequence[Node], places: Places) -> None:
        self._flow = flow
        self._places = places

    def before(self, lines: Sequence[TextLine], signature: FoundSignature) -> int:
        """How many of these lines, which somebody has signed, stand before what that one says."""
        answer = self._answer_in(lines, signature.author, signature.first)
        return max(answer, self._ruled_off(lines, signature))

    def before_mark(self, lines: Sequence[TextLine], mark: Mark, *, signs_others: bool) -> int:
        """The same of lines that end in a mark; its author may have signed other items of the list
        in which it stands: who does so has not written the items between."""
        if mark.signature:
            return self.before(lines, mark.signature)
        if mark.author and lines[-1].prefix.endswith(("*", "#")):
            return len(lines) - 1 if signs_others else 0
        return self._answer_in(lines, mark.author)

    def may_be_ruled_off(self, first: int, signature: FoundSignature) -> bool:
        """Whether there is a rule before a signature, from a time in which it parted what one said
        from what others had."""
        when = signature.when
        is_early = when is not None and when.year <= _LAST_OF_RULES
        return is_early and self._places.has_rules(first, signature.first)

    def _ruled_off(self, lines: Sequence[TextLine], signature: FoundSignature) -> int:
        """How many lines stand above a rule, by which people parted what they said from what others
        had, before it was usual to indent."""
        if not lines or not self.may_be_ruled_off(lines[0].first, signature):
            return 0
        count = len(lines) - 1
        while count and not self._places.has_rules(lines[count - 1].last, lines[count].first):
            count -= 1
        own = said(self._flow[lines[count].first : signature.first])
        return count if WORD.search(own) else 0

    def _answer_in(
        self, lines: Sequence[TextLine], signer: str | None, signed: int | None = None
    ) -> int:
        """How many lines before an answer, which somebody wrote, are no part of it: by its
        indentation alone. In: index of the node with which its signature begins, if known.

        The answer says something, is as deep up to its end, but for lists in it, and deeper than
        what stands before by colons only, which begins otherwise than it, is not the signer's and
        does not lead over to it.
        """
        if not lines:
            return 0
        own = lines[-1].prefix
        count = len(lines)
        while count and _is_part(lines[count - 1], own):
            count -= 1
        if not count or lines[0].prefix == own or lines[count - 1].is_set_apart:
            return 0
        before = lines[count - 1]
        are_items = all(line.prefix == before.prefix for line in lines[:count])
        if not _is_below(own, before.prefix, is_item=are_items):
            return 0
        if not self._say(lines[count:], signed):
            return 0
        if all(line.is_inserted for line in lines[:count]):
            return count
        shown = ShownLine(self._flow, before)
        has_list = any(line.prefix != own for line in lines[count:])
        least = FEW_WORDS if shown.links or has_list else 1
        if not shown.has_words(least) or LEADS_OVER.search(shown.text):
            return 0
        return 0 if shown.may_be_signed_by(signer) else count

    def _say(self, lines: Sequence[TextLine], signed: int | None) -> bool:
        """Whether lines say something but for a greeting or that nobody has signed, before the
        links that sign the last of them: others sign what stands above."""
        if signed is None:
            end = ShownLine(self._flow, lines[-1]).text.partition(LINKED)[0]
        else:
            end = said(self._flow[lines[-1].first : signed])
        text = said(self._flow[lines[0].first : lines[-1].first]) + end
        text = text.lstrip(_BEFORE_NOTE)
        return not begins_like_unsigned(text) and bool(WORD.search(without_greeting(text)))


def lines_with_words(lines: Sequence[TextLine], signed: int) -> list[TextLine]:
    """Those of lines up to a signature that may hold words which it signs, the last of them its
    own: the line above an item of a list that holds nothing but the signature is not.

    In: index of the node with which the signature begins.
    """
    found = [line for line in lines if line.first < signed]
    alone = lines[len(found) : len(found) + 1]
    if found and alone and alone[0].prefix.endswith(("*", "#")):
        return found + [line for line in alone if line.prefix == found[-1].prefix]
    return found


def _is_part(line: TextLine, prefix: str) -> bool:
    """Whether a line may belong to an answer with this list markup: it is as deep, or in a list in
    the answer."""
    return line.prefix.startswith(prefix) and not line.is_set_apart


def _is_below(prefix: str, other: str, *, is_item: bool) -> bool:
    """Whether what has this list markup answers what has another: it is deeper by colons only, also
    than an item that is all that is said; a text may go on so below its own list."""
    if is_item and other.endswith(("*", "#")) and not prefix.startswith(other):
        other = ":" * len(other)
    return prefix.startswith(other) and prefix != other and not prefix[len(other) :].strip(":")
