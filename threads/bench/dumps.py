"""Dumps of made-up talk pages, of any size: the same for the same numbers."""

import bz2
import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

DBNAME = "benchwiki"
HEAD = f"""<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"
version="0.11" xml:lang="en">
<siteinfo><sitename>Bench</sitename><dbname>{DBNAME}</dbname>
<base>https://bench.example/wiki/Main_Page</base><generator>MediaWiki 1.43</generator>
<case>first-letter</case><namespaces><namespace key="0" case="first-letter"/>
<namespace key="1" case="first-letter">Talk</namespace>
<namespace key="2" case="first-letter">User</namespace>
<namespace key="3" case="first-letter">User talk</namespace></namespaces></siteinfo>
"""
PAGE = """<page><title>{title}</title><ns>1</ns><id>{number}</id>{revisions}</page>
"""
REVISION = """<revision><id>{number}</id>
<timestamp>{saved:%Y-%m-%dT%H:%M:%SZ}</timestamp><model>wikitext</model><format>text/x-wiki</format>
<text xml:space="preserve">{text}</text></revision>"""
# How a file is opened, by the end of its name.
OPEN: dict[str, Callable[..., Any]] = {
    ".gz": lambda path, mode: gzip.GzipFile(path, mode, compresslevel=3, mtime=0),
    ".bz2": lambda path, mode: bz2.BZ2File(path, mode, compresslevel=1),
}
DAY = timedelta(days=1)
EARLIEST = 10_000_000  # ids of revisions begin here on pages that have several
FIRST, YEARS = datetime(2004, 1, 1, tzinfo=UTC), 20
COMMENTS_A_PAGE = 24  # on average; some pages have forty times as many
COMMENTS_AN_AUTHOR = 10
LONG_TITLE, LONG_PAGE = "Talk:Long", 1_077  # the page that is timed, and how long it is
VOCABULARY = 30_000  # words of each script
# For each script: its share of the comments, what its words are made of, and what stands between
# two of them. Chinese and Thai are written without blanks.
SCRIPTS = (
    (
        0.80,
        "ba be bi bo bu da de do ka ke ko la le li lo lu ma me mi na ne no ra ri ro sa se ta",
        " ",
    ),
    (0.06, "ба ве га до же за ки ло ми но пу ра со ту фа хо ци", " "),
    (0.02, "αβ γε δο ζη θι κα λε μο νυ πα ρο στη τω", " "),
    (0.03, "با تو جي دا رس شم عل فق كت من نو هي", " "),
    (0.02, "का कि के गो ति दा नी मु रा वि सु है", " "),
    (0.05, "的 一 是 不 了 人 我 在 有 他 这 中 大 来 上 国 文 维 基 讨 论 编 辑", ""),
    (0.02, "การ คน ดี ไป มา ที่ นี้ ว่า ให้ ได้", ""),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of one script, the commonest first: the n-th is used 1/n times as often."""

    words: list[str]
    weights: list[float]  # added up
    between: str

    @classmethod
    def of(cls, syllables: list[str], between: str, random: Random) -> "Vocabulary":
        known: dict[str, None] = {}
        longest = 2
        while len(known) < VOCABULARY:
            if len(known) > len(syllables) ** (longest - 1):
                longest += 1
            known["".join(random.choices(syllables, k=random.randint(1, longest)))] = None
        words = sorted(known, key=len)
        return cls(words, list(accumulate(1 / (n + 3) for n in range(len(words)))), between)

    def text(self, count: int, random: Random) -> str:
        return self.between.join(random.choices(self.words, cum_weights=self.weights, k=count))


@cache
def vocabularies(seed: int) -> tuple[tuple[Vocabulary, ...], tuple[Any, ...]]:
    """Those of all scripts, and the state in which making them leaves what chooses."""
    random = Random(seed)  # noqa: S311 (nothing secret)
    made = tuple(
        Vocabulary.of(syllables.split(), between, random) for _share, syllables, between in SCRIPTS
    )
    return made, random.getstate()


class MadeUp:
    """Who writes, in which words, on which pages."""

    def __init__(self, comments: int, seed: int = 1) -> None:
        self.vocabularies, state = vocabularies(seed)
        self.random = Random()  # noqa: S311 (nothing secret)
        self.random.setstate(state)
        self.shares = list(accumulate(share for share, *_rest in SCRIPTS))
        latin = self.vocabularies[0].words
        self.authors = [
            f"{latin[n % 9_973].title()} {latin[n % 7_919 + 500].title()} {n}"
            for n in range(max(comments // COMMENTS_AN_AUTHOR, 10))
        ]
        self.author_weights = list(accumulate(1 / (n + 20) for n in range(len(self.authors))))

    def vocabulary(self) -> Vocabulary:
        return self.random.choices(self.vocabularies, cum_weights=self.shares)[0]

    def comment(self, words: Vocabulary, depth: int, moment: datetime) -> str:
        count = min(int(self.random.lognormvariate(3.6, 0.9)) + 2, 600)
        author = self.random.choices(self.authors, cum_weights=self.author_weights)[0]
        signed = f"{moment:%H:%M}, {moment.day} {moment:%B %Y} (UTC)"
        user = f"[[User:{author}|{author}]] ([[User talk:{author}|talk]])"
        return f"{':' * depth}{words.text(count, self.random)}{self.extra(words)} {user} {signed}\n"

    def extra(self, words: Vocabulary) -> str:
        """What a comment may have besides its words."""
        one, other = words.text(1, self.random), words.text(2, self.random)
        match self.random.randrange(12):
            case 0:
                return f" [[Talk:Long|{one}]] '''{other}'''"
            case 1:
                return f" [https://www.example.org/{one} {other}]"
            case 2:
                return f" {{{{ping|{self.random.choice(self.authors)}}}}} ''{other}''"
            case 3:
                return f"\n:* {one}\n:* {other}\n"
            case _:
                return ""

    def page(self, comments: int) -> tuple[str, datetime]:
        """A page's wikitext, and when its last comment was signed."""
        random, words = self.random, self.vocabulary()
        moment = FIRST + timedelta(minutes=random.randrange(YEARS * 365 * 24 * 60))
        lines, depth, left = list[str](), 0, 0
        for _ in range(comments):
            if not left:
                left, depth = random.randint(1, 18), 0
                lines.append(f"== {words.text(random.randint(1, 5), random)} ==\n")
            lines.append(self.comment(words, depth, moment))
            left -= 1
            depth = max(0, min(depth + random.choice((1, 1, 0, 0, -1, -2)), 7))
            moment += timedelta(minutes=int(random.expovariate(1 / 400)) + 1)
        return "".join(lines), moment


def write_dump(path: Path, comments: int, *, seed: int = 1, histories: int = 0) -> None:
    """Write MediaWiki's XML of about so many comments, packed as the file's name says.

    The first page, "Talk:Long", has `LONG_PAGE` of them, or all. Of so many pages, one each has two
    earlier revisions as well; 0 is for none.
    """
    with OPEN.get(path.suffix, Path.open)(path, "wb") as file:
        for piece in _pieces(MadeUp(comments, seed), comments, histories):
            file.write(piece.encode())


def _pieces(made_up: MadeUp, comments: int, histories: int) -> Iterator[str]:
    yield HEAD
    for number, count in enumerate(_sizes(made_up.random, comments), start=1):
        text, saved = made_up.page(count)
        is_old = bool(histories) and number % histories == 0
        revisions = _revisions(number, saved, [text, *(_before(text) if is_old else ())])
        yield PAGE.format(title=title_of(number), number=number, revisions=revisions)
    yield "</mediawiki>\n"


def _revisions(page: int, saved: datetime, texts: Sequence[str]) -> str:
    """A page's revisions, the oldest first. In: when the last was saved, and its text first."""
    number = page if len(texts) == 1 else EARLIEST + len(texts) * page
    revisions = [
        REVISION.format(number=number - age, saved=saved - age * DAY, text=text)
        for age, text in enumerate(texts)
    ]
    return "".join(reversed(revisions))


def _before(text: str) -> Iterator[str]:
    """What a page was, the latest first: without its last comments, and with others not edited."""
    lines = text.splitlines(keepends=True)
    for age in (1, 2):
        yield "".join(
            line.replace(" ", " once ", 1) if place % 9 == age and line[0] != "=" else line
            for place, line in enumerate(lines[: len(lines) * (5 - age) // 5])
        )


def title_of(number: int) -> str:
    """The title of the page of that number."""
    if number == 1:
        return LONG_TITLE
    return f"Talk:Area {number % 50}/Topic {number // 50 % 40}/Page {number}"


def _sizes(random: Random, comments: int) -> Iterator[int]:
    """How many comments each page has."""
    size = min(LONG_PAGE, comments)
    while size > 0:
        yield size
        comments -= size
        size = min(int(random.paretovariate(1.3) * COMMENTS_A_PAGE / 4) + 1, 1_000, comments)
