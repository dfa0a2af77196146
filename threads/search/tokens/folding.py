"""Texts cut into the tokens of the index: the same for what is kept and for what is asked.

Case, accents and points are off; a word of a script with blanks is a token; of scripts without
blanks, each two characters that stand side by side are one, and the last one by itself is too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .characters import ACCENTS, JOINING, MARKS, NOTHING, PICTURES, SAME, UNSPACED
from .terms import Term

MOST_CHARACTERS = 100_000  # of a text; PostgreSQL keeps at most 1 MB of its words
MOST_TOKENS = 50_000
LONGEST = 64  # characters of a token; a longer word is several
_OTHER = f"[^\\W_{UNSPACED}{re.escape(JOINING)}]"  # a letter or number of a script with blanks
_SPACED = f"(?:{_OTHER}++|[{MARKS}{NOTHING}]++)++"  # possessive: never tried in parts
_RUN = f"[{UNSPACED}][{UNSPACED}{MARKS}{NOTHING}]*"
_PIECE = re.compile(f"{_RUN}|{_SPACED}|[{PICTURES}]")
_JOINT = f'(?:[{re.escape(JOINING)}]|(?<=[א-ת])"(?=[א-ת]))'
_JOINED = re.compile(f"(?=[^\\W\\d_]){_SPACED}(?:{_JOINT}(?=[^\\W\\d_]){_SPACED}){{1,3}}+")
_JOINTS = re.compile(_JOINT)
# Begins with what is rare, so that the text is run through fast.
_BETWEEN = re.compile(f'["{re.escape(JOINING)}](?<=[\\w{MARKS}].)(?=\\w)')
_UNSPACED = re.compile(f"[{UNSPACED}]")
_FIRST_UNSPACED = "\u0e00"
# One that is a letter of its own keeps its mark: й, ў, ї; not ё, nor what is marked for stress.
_ACCENTS = re.compile(f"[{ACCENTS}{NOTHING}]|(?<![ИиУу])\u0306|(?<![Іі])\u0308")
_CLUSTER = re.compile(f"[^{MARKS}][{MARKS}]*|[{MARKS}]+")
_IGNORED = re.compile(f"[{NOTHING}\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ADDED = f"[{MARKS}{NOTHING}\uff9e\uff9f]"
_GIVEN = re.compile(f"(?!{_ADDED}).{_ADDED}*|{_ADDED}+", re.DOTALL)
_ASCII = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
}  # by such a table, Python folds a text at once
_ASCII_WORD = re.compile(f"[a-z0-9]{{1,{LONGEST}}}")


class Place(NamedTuple):
    """A token and where it stands in the text that it was cut from."""

    token: str
    start: int
    end: int


def words_of(text: str) -> str:
    """What the index has of a long text: its tokens and what is joined in it, parted by blanks."""
    text = text[:MOST_CHARACTERS]
    return " ".join([*tokens_of(text)[:MOST_TOKENS], *joined_in(text)])


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, one behind the other."""
    if text.isascii():
        tokens = text.translate(_ASCII).split()
        return list(_cut(tokens)) if max(map(len, tokens), default=0) > LONGEST else tokens
    tokens = []
    for piece in _PIECE.findall(text):
        tokens += _pairs(piece) if is_unspaced(piece) else _folded(piece)
    return tokens


def joined_in(text: str) -> list[str]:
    """What is written with hyphens or apostrophes, as it would be without: “obrien”."""
    return [_joined(each[0]) for each in _joined_words(text)]


def places_of(text: str) -> list[Place]:
    """`tokens_of` with the place of each; a pair's is that of its two characters."""
    if text.isascii():
        return [Place(word[0], *word.span()) for word in _ASCII_WORD.finditer(text.lower())]
    places: list[Place] = []
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        if is_unspaced(piece[0]):
            places += _places_of_pairs(piece[0], start)
        else:
            places += [Place(token, start, end) for token in _folded(piece[0])]
    return places


def joined_places(text: str) -> list[Place]:
    """`joined_in` with the place of each."""
    return [Place(_joined(each[0]), *each.span()) for each in _joined_words(text)]


def term_of(text: str, *, prefix: bool = False) -> Term | None:
    """These words, one behind the other; None for a text without any.

    In: `prefix`, whether the last word may go on. A single character of a script without
    blanks always may: “中” finds “中文”.
    """
    tokens = tuple(tokens_of(text))
    if not tokens:
        return None
    last = _PIECE.findall(text)[-1]
    if not is_unspaced(last):
        return Term(tokens, prefix)
    alone = len(_pairs(last)) == 1
    return Term(tokens, True) if alone else Term(tokens[:-1])


def ways_of(word: str, *, prefix: bool = False) -> tuple[Term, ...]:
    """What finds a word as somebody typed it: in its parts, or written without its hyphens.

    Any of them is enough. () for what has no letters or numbers.
    """
    term = term_of(word, prefix=prefix)
    whole = _JOINED.fullmatch(word)
    if term is None:
        return ()
    return (term, Term((_joined(whole[0]),), prefix)) if whole else (term,)


def run_of(term: Term) -> str:
    """The characters without blanks whose pairs a term is; "" for any other term."""
    if not all(map(is_unspaced, term.tokens)):
        return ""
    pairs = [characters_of(token) for token in term.tokens]
    follow = all(one[-1] == other[0] for one, other in pairwise(pairs))
    if not follow or any(len(pair) != 2 for pair in pairs[:-1]):
        return ""
    return "".join(pair[0] for pair in pairs[:-1]) + "".join(pairs[-1])


def characters_of(token: str) -> list[str]:
    """Those of a token of a script without blanks, each with its marks; of others, none."""
    characters: list[str] = _CLUSTER.findall(token) if is_unspaced(token) else []
    return characters


def is_in_one_form(text: str) -> bool:
    """Whether scripts without blanks stand in a text as tokens have them."""
    return unicodedata.is_normalized("NFKC", text) and not _IGNORED.search(text)


def is_unspaced(piece: str) -> bool:
    """Whether a token, or a piece of text, is of a script without blanks."""
    return piece[0] >= _FIRST_UNSPACED and _UNSPACED.match(piece) is not None


@lru_cache(1 << 16)
def _folded(word: str) -> tuple[str, ...]:
    """The tokens of a word of a script with blanks: one, but for odd characters."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).casefold().translate(SAME)
    return tuple(_cut(_PIECE.findall(unicodedata.normalize("NFC", bare))))


def _cut(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        yield from (token[at : at + LONGEST] for at in range(0, len(token), LONGEST))


def _joined_words(text: str) -> Iterator[re.Match[str]]:
    """Looks only around what may join."""
    end = 0
    if text.isascii() and "'" not in text and "-" not in text:
        return
    for joint in _BETWEEN.finditer(text):
        if joint.start() >= end:
            start = max(text.rfind(" ", end, joint.start()) + 1, end)
            end = text.find(" ", joint.end())
            end = end if end >= 0 else len(text)
            yield from _JOINED.finditer(text, start, end)


@lru_cache(1 << 14)
def _joined(word: str) -> str:
    parts = _JOINTS.split(word)
    return "".join(token for part in parts for token in _folded(part))[:LONGEST]


def _pairs(run: str) -> list[str]:
    clusters = _clusters(run)
    return [*map(str.__add__, clusters, clusters[1:]), *clusters[-1:]]


def _clusters(run: str) -> list[str]:
    """The characters of a run, each with its marks."""
    clusters: list[str] = _CLUSTER.findall(unicodedata.normalize("NFKC", _IGNORED.sub("", run)))
    return clusters


def _places_of_pairs(run: str, start: int) -> Iterator[Place]:
    stretches = _stretches(run)
    ends = [end for _begin, end in stretches]
    for token, (begin, _end), end in zip(
        _pairs(run), stretches, [*ends[1:], *ends[-1:]], strict=True
    ):
        yield Place(token, start + begin, start + end)


def _stretches(run: str) -> list[tuple[int, int]]:
    """Where each of the `_clusters` of a run stands in it."""
    if is_in_one_form(run):
        return [cluster.span() for cluster in _CLUSTER.finditer(run)]
    letters: list[str] = []
    origins: list[tuple[int, int]] = []  # of each letter, the stretch of the run that it is from
    for given in _GIVEN.finditer(run):
        made = unicodedata.normalize("NFKC", _IGNORED.sub("", given[0]))
        letters.append(made)
        origins += [given.span()] * len(made)
    return [
        (origins[cluster.start()][0], origins[cluster.end() - 1][1])
        for cluster in _CLUSTER.finditer("".join(letters))
    ]
