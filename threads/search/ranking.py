"""Which of some results are the best: those that say most of the words in few, and stand in a
topic that is about them."""

from collections.abc import Sequence

from django.db import connection

from .index.engines import engine
from .matching import WantedWords

MOST_RANKED = 200
READ = 1_000  # characters of a text
ENOUGH = 200  # tokens: what a usual comment has
IN_HEADING = 1.0  # what a word in the heading counts; one in the text counts less, however often
_SAID = f"""
SELECT e.id, substr(coalesce(c.text, u.text), 1, {READ}), s.heading FROM threads_searchentry e
JOIN threads_section s ON s.id = e.section_id LEFT JOIN threads_comment c ON c.id = e.comment_id
LEFT JOIN threads_unsignedtext u ON u.id = e.unsigned_id WHERE e.id """


def best(wanted: WantedWords, keys: Sequence[int]) -> list[int]:
    """The newest of some results, the best ones first. One query, or none where there are none.

    In: keys of the index, the newest first; no more than `MOST_RANKED` are ranked.
    """
    if not keys:
        return []
    are_these, given = engine().listed(keys[:MOST_RANKED])
    with connection.cursor() as cursor:
        cursor.execute(engine().as_written(f"{_SAID}{are_these}"), [given])
        scores = {
            key: _score(wanted, said or "") + IN_HEADING * _score(wanted, heading or "")
            for key, said, heading in cursor.fetchall()
        }
    return sorted(scores, key=lambda key: (-scores[key], -key))


def _score(wanted: WantedWords, text: str) -> float:
    times, length = wanted.times_in(text)
    return sum(count / (count + 0.5 + length / ENOUGH) for count in times)
