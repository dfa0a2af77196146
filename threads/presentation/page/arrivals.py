"""In which order comments came, in few letters: for browsers that know what is new to a reader.

What a reader has seen stays in their browser, so a page tells the keys of all its comments, also
of those that are not fetched yet: see threads/models/discussion/arrivals.py. What went from one
page to another is no news: it has the key under which it came to the wiki.
"""

from collections.abc import Iterable

from threads.models import Comment


def encoded_arrivals(comments: Iterable[Comment]) -> str:
    """For each comment, in the order given, what its key is more than that of the one before.

    "2591 37:2" is a comment at place 1 with key 2591, and one at place 3 with key 2628. Most stand
    at the next place, which is left out. static/threads/js/contents.js reads it.
    """
    steps = []
    place, key = 0, 0
    for comment in comments:
        moved = comment.position - place
        came = getattr(comment, "came", comment.pk)
        steps.append(f"{came - key}" if moved == 1 else f"{came - key}:{moved}")
        place, key = comment.position, came
    return " ".join(steps)
