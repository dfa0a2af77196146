"""Where what a signer says begins, as far as its indentation and horizontal rules tell."""

from collections.abc import Sequence

from threads.wikitext.flow.nodes import Node
from threads.wikitext.structure.places import Places
from threads.wikitext.structure.signatures import FoundSignature

from .text_lines import LEADS_OVER, WORD, ShownLine, TextLine, said
from .undated import FEW_WORDS

_LAST_OF_RULES = 2004  # year in which people parted what they said by rules


class Beginnings:
    """Finds them in one flow."""

    def __init__(self, flow: Sequence[Node], places: Places) -> None:
        self._flow = flow
        self._places = places

    def before(self, lines: Sequence[TextLine], signature: FoundSignature) -> int:
        """How many of these lines, which somebody has signed, stand before what that one says."""
        answer = self._answer_in(lines, signature.author)
        return max(answer, self._ruled_off(lines, signature))

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

    def _answer_in(self, lines: Sequence[TextLine], signer: str) -> int:
        """How many lines before a signed answer are no part of it: by its indentation alone.

        The answer is as deep up to its signature, and deeper than what stands before by colons
        only, which begins otherwise than it, is not the signer's and does not lead over to it.
        """
        if not lines:
            return 0
        own = lines[-1].prefix
        count = len(lines)
        while count and lines[count - 1].prefix == own and not lines[count - 1].is_set_apart:
            count -= 1
        if not count or lines[0].prefix == own or lines[count - 1].is_set_apart:
            return 0
        before = lines[count - 1]
        deeper = own.removeprefix(before.prefix)
        if not own.startswith(before.prefix) or not deeper or deeper.strip(":"):
            return 0
        if all(line.is_inserted for line in lines[:count]):
            return count
        shown = ShownLine(self._flow, before)
        least = FEW_WORDS if shown.links else 1
        if not shown.has_words(least) or LEADS_OVER.search(shown.text):
            return 0
        return 0 if shown.may_be_signed_by(signer) else count
