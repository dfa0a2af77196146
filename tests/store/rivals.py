"""A process that stores, moves and deletes pages while another one does the same to them.

python -m tests.store.rivals SEED ROUNDS: what fails, as a deadlock would, fails the process.
"""

import random
import sys

import django

django.setup()

from threads.models import TalkPage, Wiki  # noqa: E402 (needs the settings)
from threads.store import delete_pages, read_text, store_page  # noqa: E402


def main(seed: int, rounds: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    wiki, _new = Wiki.objects.get_or_create(dbname="lanternwiki")
    for _ in range(rounds):
        title = f"Talk:{chance.choice('ABC')}/{chance.choice('XYZ')}"
        if chance.random() < 0.2:
            delete_pages(TalkPage.objects.filter(title=title).select_related("wiki"))
            continue
        people = chance.sample(range(12), 6)
        text = "\n".join(
            f"Said. [[User:U{name}]] 10:00, {chance.randint(1, 9)} May 20{10 + name} (UTC)\n"
            for name in people
        )
        store_page(wiki, read_text(wiki, title, text), text)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
