"""A dump of any size, made up: python -m tests.generated FILE [--pages 20000].

The same numbers give the same file, byte for byte. Talk pages of an invented wiki: most are
short, some very long, with 25 comments each on average; threads nest, some comments are
edited drafts with lists and links, and here and there somebody forgot to sign. The name's
end says how it is packed: .xml, .xml.gz or .xml.bz2.
"""

import argparse
import bz2
import gzip
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.ingest.exports import export, page, revision

COMMENTS = 25  # a page, on average
LONGEST = 1500  # comments on a page
TOPIC = 6  # comments, on average
PEOPLE = 3000
FIRST = datetime(2006, 1, 1, tzinfo=UTC)
END = "</mediawiki>"
SYLLABLES = "ba de fo gi ku la me no pri ru sta te vo wen xi lo mar tin dor sel".split()

OPEN: dict[str, Callable[..., Any]] = {
    ".gz": lambda path, mode: gzip.GzipFile(path, mode, compresslevel=3, mtime=0),
    ".bz2": lambda path, mode: bz2.BZ2File(path, mode, compresslevel=1),
}


class Writer:
    """Writes one page's wikitext after the other."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.words = [self._word() for _ in range(4000)]
        self.people = [f"{self._word()} {self._word()}".title() for _ in range(PEOPLE)]

    def _word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4)))

    def title(self, number: int) -> str:
        words = " ".join(self.random.choices(self.words, k=2)).capitalize()
        return f"Talk:{words} {number}"

    def page(self) -> str:
        """A talk page: topics of comments, in the order in which they were written."""
        chance = self.random.paretovariate(1.35)
        left = max(1, min(LONGEST, int(chance * COMMENTS / 3.45)))
        when = FIRST + timedelta(minutes=self.random.randrange(7_000_000))
        parts = ["{{Talk header}}\n"]
        while left > 0:
            number = min(left, self.random.randint(1, 2 * TOPIC - 1))
            left -= number
            parts.append(f"\n== {self.text(self.random.randint(1, 5)).capitalize()} ==\n")
            depth = 0
            for _ in range(number):
                when += timedelta(minutes=self.random.randrange(5000))
                parts.append(self.comment(depth, when))
                depth = self.random.randint(0, min(depth + 1, 8))
            if self.random.random() < 0.03:
                parts.append(f"{self.sentence()}\n")
        return "".join(parts).rstrip()

    def comment(self, depth: int, when: datetime) -> str:
        """A paragraph or more, and a signature."""
        mark = self.random.choice(":::*") * depth
        name = self.random.choice(self.people)
        signed = f"[[User:{name}|{name}]] ([[User talk:{name}|talk]])"
        time = f"{when:%H:%M}, {when.day} {when:%B %Y} (UTC)"
        lines = [
            " ".join(self.sentence() for _ in range(self.random.randint(1, 5)))
            for _ in range(self.random.choice((1, 1, 1, 2)))
        ]
        return "".join(f"{mark}{line}\n" for line in lines)[:-1] + f" {signed} {time}\n"

    def sentence(self) -> str:
        kind = self.random.randrange(12)
        words = self.text(self.random.randint(4, 16))
        if kind == 0:
            words += f" [[{self.text(2).capitalize()}|{self.text(1)}]]"
        elif kind == 1:
            words += f" '''{self.text(1)}''' ''{self.text(2)}''"
        elif kind == 2:
            words += f" [https://www.example.org/{self.text(1)} {self.text(2)}]"
        elif kind == 3:
            words = f"{{{{ping|{self.random.choice(self.people)}}}}} {words}"
        return words[0].upper() + words[1:] + "."

    def text(self, number: int) -> str:
        return " ".join(self.random.choices(self.words, k=number))


def pieces(pages: int, seed: int) -> Iterator[str]:
    """The dump, a page at a time."""
    writer = Writer(seed)
    head = export(dbname="generatedwiki")
    yield head[: head.rindex(END)]
    for number in range(1, pages + 1):
        time = f"{FIRST + timedelta(days=7000, minutes=number):%Y-%m-%dT%H:%M:%SZ}"
        state = revision(writer.page(), number=number + 1_000_000, time=time)
        yield page(writer.title(number), state, number=number)
    yield f"{END}\n"


def write_dump(path: Path, pages: int, seed: int = 1) -> None:
    """Write a dump of so many talk pages, packed as the file's name says."""
    with OPEN.get(path.suffix, Path.open)(path, "wb") as file:
        for piece in pieces(pages, seed):
            file.write(piece.encode())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int, default=20_000, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="another dump of that size")
    given = parser.parse_args()
    write_dump(given.file, given.pages, given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
