"""Positions that people took in a topic, as detected in their comments.

What is told is what was found, and no more: not that it is all, and not what it came to.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from threads.models import Comment, Section, UnsignedText, Wiki
from threads.presentation.people.speakers import Person
from threads.wikitext.site.outcomes import OTHER, OutcomeWords

from .shown import words_of

FEWEST_PEOPLE = 3  # of whom positions are counted; fewer are told at their comments alone
STANCES = {
    "support": pgettext_lazy("position", "support"),
    "oppose": pgettext_lazy("position", "oppose"),
    "neutral": pgettext_lazy("position", "neutral"),
    "keep": pgettext_lazy("position", "keep"),
    "delete": pgettext_lazy("position", "delete"),
    "merge": pgettext_lazy("position", "merge"),
    "redirect": pgettext_lazy("position", "redirect"),
    "move": pgettext_lazy("position", "move"),
}
_WHY = {
    "struck": gettext_lazy("struck out"),
    "withdrawn": gettext_lazy("withdrawn"),
    "changed": gettext_lazy("changed later"),
    "repeated": gettext_lazy("repeated"),
}


def _stance_label(stance: str) -> str:
    """As the table has it; "" for what only its words tell."""
    return str(STANCES.get(stance, "" if stance == OTHER else stance))


def position_label(stance: str, word: str) -> str:
    """What somebody wants, in the reader's language, and how they wrote it where that differs; ""
    where it is nothing. In: `stance` as comments hold it, "" where only the word is known."""
    label = _stance_label(stance)
    if not word or word.casefold() == label.casefold():
        return label
    if not label:
        return _("“%s”") % word
    return _("%(position)s (“%(word)s”)") % {"position": label, "word": word}


@dataclass(frozen=True, slots=True)
class TakenPosition:
    """A position that a comment takes."""

    word: str  # as it is written
    wanted: str  # what it counts as, in the reader's language; "" where the word is that
    why: str  # why it is not counted, in words; "" where it is
    is_corrected: bool = False  # an editor of the archive says so: it was not detected

    @classmethod
    def of(cls, stance: Mapping[str, str]) -> "TakenPosition":
        """In: as comments hold it."""
        status = stance["status"]
        why = str(_WHY.get(status, status))
        word, label = stance["word"], _stance_label(stance["stance"])
        wanted = "" if word.casefold() == label.casefold() else label
        return cls(word, wanted, why, stance.get("source") == UnsignedText.KnownBy.EDITOR)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who took a position where."""

    person: Person
    position: TakenPosition
    comment: Comment


@dataclass(frozen=True, slots=True)
class Tally:
    """The positions of a topic."""

    groups: Sequence[tuple[str, Sequence[Voice]]]  # what is wanted, and who; the most first
    set_aside: Sequence[Voice]  # of those that are not counted
    people: int  # whose positions are counted


def tallies_of(
    wiki: Wiki,
    sections: Sequence[Section],
    comments: Iterable[Comment],
    people: Mapping[int, Person],
) -> dict[int, Tally]:
    """By the primary key of a section, the positions that are about it.

    In: all sections of the page and all its comments, in reading order; the people by the
    primary keys of authors.
    """
    topics = _topics(sections, words_of(wiki))
    voices: dict[int, list[Voice]] = defaultdict(list)
    for comment in comments:
        if comment.stance and comment.section_id in topics:
            position = TakenPosition.of(comment.stance)
            voice = Voice(people[comment.author_id], position, comment)
            voices[topics[comment.section_id]].append(voice)
    found = {key: _tally(some) for key, some in voices.items()}
    return {key: tally for key, tally in found.items() if tally.people >= FEWEST_PEOPLE}


def _topics(sections: Sequence[Section], words: OutcomeWords) -> dict[int, int]:
    """By the primary key of a section, that of the one which its positions are about."""
    topics: dict[int, int] = {}
    for section in sections:  # what is above stands before
        above = topics.get(section.parent_id or 0)
        topics[section.pk] = above if above and words.is_part(section.heading) else section.pk
    return topics


def _tally(voices: Sequence[Voice]) -> Tally:
    counted = [voice for voice in voices if not voice.position.why]
    groups: dict[str, list[Voice]] = defaultdict(list)
    for voice in counted:
        groups[_label(voice)].append(voice)
    return Tally(
        sorted(groups.items(), key=lambda group: -len(group[1])),
        [voice for voice in voices if voice.position.why],
        len({voice.person.name for voice in counted}),
    )


def _label(voice: Voice) -> str:
    """What somebody wants in a word: as the table has it, else as they wrote it."""
    stance = (voice.comment.stance or {})["stance"]
    return _stance_label(stance) or f"“{voice.position.word}”"
