r"""What MediaWiki makes of pieces of wikitext: recorded facts, in the files of mediawiki/.

    @ A list in a list
    * lamp
    ** wick
    =>
    ul li: lamp
    ul li ul li: wick

Below the arrow stands the outline (see outline.py) of a real MediaWiki's HTML for the piece
as a part of a comment. A last line "!= reason" says that ours differs on purpose.

`python -m tests.wikitext.records` asks the MediaWiki that is installed, writes the records
anew and takes out the reasons that no longer hold; `--show` also prints what differs.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mediawiki import MediaWiki, mediawiki
from threads.wikitext import parse_page
from threads.wikitext.model import Comment

from .outline import outline

FOLDER = Path(__file__).parent / "mediawiki"
TITLE = "Talk:Harbour lights"
BEFORE, AFTER = "Lead.", "End."
_AROUND = (f"-: {BEFORE}", f"-: {AFTER}")
SIGNATURE = "[[User:Heron]] 10:08, 21 June 2019 (UTC)"


@dataclass
class Record:
    """A piece of wikitext, and what MediaWiki makes of it."""

    subject: str  # the file's name
    name: str
    text: str  # the wikitext
    theirs: str  # the outline
    reason: str = ""  # why ours is not the same; "" where it is
    words: str | None = None  # those of the plain text, where they are not the outline's

    def __str__(self) -> str:
        return f"{self.subject}: {self.name}"

    @property
    def comment(self) -> Comment:
        """A comment that has the piece in it."""
        text = f"{BEFORE}\n\n{self.text}\n\n{AFTER} {SIGNATURE}\n"
        return parse_page(text, title=TITLE).comments[-1]

    @property
    def ours(self) -> str:
        return _piece(outline(self.comment.html))

    @property
    def plain_text(self) -> str:
        """Its words in the comment's plain text, lines joined by a blank."""
        text = " ".join(self.comment.text.split())
        return text.removeprefix(BEFORE).removesuffix(AFTER).strip()

    def ask(self, wiki: MediaWiki) -> str:
        """The outline of what that MediaWiki makes of it."""
        return _piece(outline(wiki.html(f"{BEFORE}\n\n{self.text}\n\n{AFTER}", TITLE)))

    def written(self) -> str:
        lines = [f"@ {self.name}", self.text, "=>", self.theirs]
        if self.words is not None:
            lines.append(f".text {self.words}".rstrip())
        if self.reason:
            lines.append(f"!= {self.reason}")
        return "\n".join(lines) + "\n"


def _piece(page: str) -> str:
    """Without what stands around the piece, where that is as it was written."""
    return "\n".join(line for line in page.splitlines() if line not in _AROUND)


def load() -> list[Record]:
    """All records, file by file."""
    return [record for path in sorted(FOLDER.glob("*.txt")) for record in read(path)]


def read(path: Path) -> Iterator[Record]:
    """The records of one file."""
    for block in re.split("^@ ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        text, arrow, answer = f"\n{rest}".partition("\n=>\n")
        assert arrow, f"{path.stem}: {name}: has no line “=>” below the wikitext"
        answer, _, reason = f"\n{answer.rstrip()}".partition("\n!= ")
        answer, own, words = answer.partition("\n.text")
        yield Record(path.stem, name, text[1:], answer[1:], reason, words.strip() if own else None)


def main(*, show: bool) -> None:
    """Record all anew; a line for each that differs without a reason."""
    with mediawiki() as wiki:
        for path in sorted(FOLDER.glob("*.txt")):
            records = list(read(path))
            for record in records:
                record.theirs = record.ask(wiki)
                same = record.theirs == record.ours
                if same:
                    record.reason = ""
                elif not record.reason or show:
                    print(f"{record}\n--- {record.reason}\n{record.theirs}\n---\n{record.ours}\n")
            path.write_text("\n".join(record.written() for record in records), encoding="utf-8")


if __name__ == "__main__":
    main(show="--show" in sys.argv)
