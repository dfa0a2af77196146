"""The search index of a copy: what texts have which tokens, in files that scripts load.

Texts are numbered, the newest first. A run has the tokens of some texts, made by any process; the
runs together are cut into shards of tokens in their order, so that a search loads few of them, and
the beginning of a word too. The texts themselves are in packs. Browsers load from a disk nothing
but scripts: so each file is one, and hands its data to `ta_data` of static/threads/copy/loading.js.
"""

import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter, sub
from pathlib import Path
from typing import Any

from threads.search.index.entries import day_of
from threads.search.tokens import characters
from threads.search.tokens.folding import words_of
from threads.site.files.plan import Plan, write
from threads.site.files.scope import Scope

from .facts import FLAG_FACTS, Entry, facts_of
from .texts import texts_of

TEXTS_A_RUN = 10_000
TEXTS_A_PACK = 200
SHARD = 60_000  # characters, about
# The digits of numbers in lists, of which the higher half go on: printable, and none that JSON
# writes in two characters.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")[:90]
HALF = len(DIGITS) // 2


def runs_of(scope: Scope) -> Iterator[str]:
    """Each run as the number and the key of its first text: "0:31968352742"."""
    for place, key in enumerate(scope.entries().values_list("id", flat=True).iterator()):
        if place % TEXTS_A_RUN == 0:
            yield f"{place}:{key}"


def write_run(plan: Plan, first: int, key: int) -> None:
    """Write the packs of a run's texts, and what of the index is in them."""
    keys = plan.scope.entries().filter(id__lte=key)[:TEXTS_A_RUN]
    entries = list(map(Entry._make, keys.values_list(*Entry._fields)))
    known = facts_of(plan.scope, entries)
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for begin in range(0, len(entries), TEXTS_A_PACK):
        pack = entries[begin : begin + TEXTS_A_PACK]
        texts = texts_of([(entry.comment_id, entry.unsigned_id) for entry in pack])
        for place, (entry, (found, facts)) in enumerate(
            zip(pack, texts, strict=True), start=first + begin
        ):
            for token in {*words_of(found.text).split(), *facts, *known[entry.id]}:
                postings[token].append(place)
        name = f"texts/{(first + begin) // TEXTS_A_PACK}"
        write_data(plan.folder, name, [found for found, _facts in texts])
    _write_days(plan, first, [entry.id for entry in entries])
    lines = (
        f"{token}\t{places[0]}\t{places[-1]}\t{steps(places)}\n"
        for token, places in sorted(postings.items(), key=_by_token)
    )
    Path(plan.work, f"run-{first:012}").write_text("".join(lines), encoding="utf-8")


def write_shards(plan: Plan, texts: int) -> None:
    """Cut all runs into shards, and write what tells which of them has a token."""
    runs = [path.open(encoding="utf-8") for path in sorted(plan.work.glob("run-*"))]
    firsts: list[str] = []
    try:
        lines = heapq.merge(*(_lines(run) for run in runs), key=_by_token)
        for shard in _shards(groupby(lines, key=itemgetter(0))):
            write_data(plan.folder, f"words/{len(firsts)}", shard)
            firsts.append(shard.partition(" ")[0])
    finally:
        for run in runs:
            run.close()
    write_data(plan.folder, "days", list(_days(plan).items()))
    index = {"texts": texts, "pack": TEXTS_A_PACK, "firsts": firsts, "digits": DIGITS}
    write_data(plan.folder, "index", index | _values(plan.scope) | _folding())


def _values(scope: Scope) -> dict[str, Any]:
    """The values of the fields that have a few only."""
    wikis = [[wiki.dbname, wiki.name, wiki.language] for wiki in scope.wikis_of_pages()]
    slugs = scope.collections().values_list("slug", flat=True)
    return {"wikis": wikis, "collections": list(slugs), "flags": list(FLAG_FACTS)}


def _write_days(plan: Plan, first: int, entries: Iterable[int]) -> None:
    """Tell of a run which texts are the newest of each day. In: its keys in the index."""
    days: dict[str, int] = {}
    for place, entry in enumerate(entries, start=first):
        days.setdefault(day_of(entry).isoformat(), place)
    Path(plan.work, f"days-{first:012}").write_text(json.dumps(days), encoding="ascii")


def _days(plan: Plan) -> dict[str, int]:
    """The number of the newest text of each day, the newest day first."""
    days: dict[str, int] = {}
    for path in sorted(plan.work.glob("days-*")):
        days = json.loads(path.read_text(encoding="ascii")) | days
    return dict(sorted(days.items(), reverse=True))


def number(value: int) -> str:
    """A number in `DIGITS`; the last digit is one of the lower half."""
    written = DIGITS[value % HALF]
    while value := value // HALF:
        written = DIGITS[HALF + value % HALF] + written
    return written


_STEPS = [number(value) for value in range(TEXTS_A_RUN)]


def steps(places: Sequence[int]) -> str:
    """Ascending numbers of one run, the first left out, as the distance of each from the one
    before."""
    return "".join(map(_STEPS.__getitem__, map(sub, places[1:], places)))


def write_data(folder: Path, name: str, data: object) -> None:
    """A file that hands data to the script that loads it."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write(folder / f"search/{name}.js", f'ta_data("{name}",{body})'.encode())


def _by_token(line: tuple[str, Any] | tuple[str, Any, Any, Any]) -> bytes:
    """JavaScript compares texts by their UTF-16."""
    return line[0].encode("utf-16-be")


def _lines(run: Iterable[str]) -> Iterator[tuple[str, int, int, str]]:
    for line in run:
        token, first, last, rest = line.rstrip("\n").split("\t")
        yield token, int(first), int(last), rest


def _shards(tokens: Iterable[tuple[str, Iterable[tuple[str, int, int, str]]]]) -> Iterator[str]:
    """Lines of a token and the distances of its texts, the first from -1, in shards."""
    lines: list[str] = []
    size = 0
    for token, runs in tokens:
        written, before = [token, " "], -1
        for _token, first, last, rest in runs:
            written += number(first - before), rest
            before = last
        lines.append("".join(written))
        size += len(lines[-1])
        if size >= SHARD:
            yield "\n".join(lines)
            lines, size = [], 0
    if lines:
        yield "\n".join(lines)


def _folding() -> dict[str, Any]:
    """What a script needs to cut words as threads/search/tokens/folding.py does."""
    lower = {
        chr(code): chr(code).casefold()
        for code in range(0x10000)
        if not 0xD800 <= code < 0xE000 and chr(code).casefold() != chr(code).lower()
    }
    return {
        "marks": characters.MARKS,
        "nothing": characters.NOTHING,
        "unspaced": characters.UNSPACED,
        "joining": characters.JOINING,
        "accents": characters.ACCENTS,
        "pictures": characters.PICTURES,
        "same": {chr(code): text for code, text in characters.SAME.items()},
        "casefold": lower,
    }
