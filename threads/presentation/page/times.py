"""When each comment was signed, in few letters: for browsers that know what is new to a reader.

What a reader has seen stays in their browser, so a page tells the times of all its comments,
also of those that have not arrived.
"""

from collections.abc import Iterable

from threads.models import Comment

MINUTE = 60  # seconds


def encoded_times(comments: Iterable[Comment]) -> str:
    """For each comment, in the order given, what has changed since the one before.

    "25916575 37:2" is a comment at place 1, signed at that minute of Unix time, and one at
    place 3, signed 37 minutes later. Most stand at the next place, which is left
    out. static/threads/js/contents.js reads it.
    """
    steps = []
    place, minute = 0, 0
    for comment in comments:
        signed = int(comment.timestamp.timestamp()) // MINUTE
        moved = comment.position - place
        steps.append(f"{signed - minute}" if moved == 1 else f"{signed - minute}:{moved}")
        place, minute = comment.position, signed
    return " ".join(steps)
