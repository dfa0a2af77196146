"""Which of some results are the best: those that say most of the words in few, and stand in a
topic that is about them."""

from collections.abc import Sequence

from django.db.models.functions import Coalesce, Left

from threads.models import SearchEntry

from .matching import WantedWords

MOST_RANKED = 200
READ = 1_000  # characters of a text
ENOUGH = 200  # tokens: what a usual comment has
IN_HEADING = 1.0  # what a word in the heading counts; one in the text counts less, however often


def best(wanted: WantedWords, keys: Sequence[int]) -> list[int]:
    """The newest of some results, the best ones first. One query.

    In: keys of the index, the newest first; no more than `MOST_RANKED` are ranked.
    """
    ranked = keys[:MOST_RANKED]
    text = Left(Coalesce("comment__text", "unsigned__text"), READ)
    rows = SearchEntry.objects.filter(pk__in=ranked).values_list("pk", text, "section__heading")
    scores = {
        key: _score(wanted, said or "") + IN_HEADING * _score(wanted, heading or "")
        for key, said, heading in rows
    }
    return sorted(scores, key=lambda key: (-scores[key], -key))


def _score(wanted: WantedWords, text: str) -> float:
    times, length = wanted.times_in(text)
    return sum(count / (count + 0.5 + length / ENOUGH) for count in times)
