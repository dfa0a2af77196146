"""Dumps with something wrong in them: made from valid ones, by a seed, in every container."""

import bz2
import gzip
import random
import re
from collections.abc import Callable
from io import BytesIO

import py7zr
from backports import zstd

from tests.ingest.exports import SIGNED, export, page, revision

SCHEMAS = ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10", "0.11"]
TAG = re.compile(rb"</?[a-z][^<>]*>")
PAGES = 3


def valid(chance: random.Random) -> bytes:
    """A dump of a few talk pages, articles and redirects, of any schema."""
    schema = chance.choice(SCHEMAS)
    kinds = [("Talk:A", 1), ("Lamps", 0), ("Talk:B", 1), ("User talk:Ada", 3), ("Thread:T", 90)]
    pages = []
    for number in range(1, 1 + chance.randint(1, PAGES)):
        title, namespace = chance.choice(kinds)
        states = [
            revision(f"{SIGNED} {'ä' * chance.randint(0, 40)}{n}", number=100 * number + n)
            for n in range(chance.randint(1, 2))
        ]
        more = chance.choice(["", "", "", '<redirect title="Talk:New" />'])
        pages.append(page(f"{title} {number}", *states, ns=namespace, number=number, more=more))
    text = export(*pages, schema=schema)
    return (re.sub(r"<ns>\d+</ns>", "", text) if schema in ("0.3", "0.4", "0.5") else text).encode()


def flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def take_out(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(400) :]


def put_in(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODDITIES) + data[at:]


def drop_tag(data: bytes, chance: random.Random) -> bytes:
    tags = list(TAG.finditer(data))
    tag = chance.choice(tags) if tags else None
    return data[: tag.start()] + data[tag.end() :] if tag else data


def double_tag(data: bytes, chance: random.Random) -> bytes:
    tags = list(TAG.finditer(data))
    tag = chance.choice(tags) if tags else None
    return data[: tag.end()] + tag[0] + data[tag.end() :] if tag else data


def swap_tags(data: bytes, chance: random.Random) -> bytes:
    tags = list(TAG.finditer(data))
    if len(tags) < 2:
        return data
    one, two = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    between = data[one.end() : two.start()]
    return data[: one.start()] + two[0] + between + one[0] + data[two.end() :]


def double_part(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(data) + 1), k=2))
    return data[:end] + data[start:]


def odd_fact(data: bytes, chance: random.Random) -> bytes:
    facts = list(re.finditer(rb">([^<>]+)<", data))
    if not facts:
        return data
    fact = chance.choice(facts)
    return data[: fact.start(1)] + chance.choice(FACTS) + data[fact.end(1) :]


def rename_namespaces(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b'key="1"', chance.choice([b'key="x"', b'key="1x"', b"", b'key="-9999"']))


def encode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(chance.choice(["utf-16", "utf-8-sig", "utf-16-le", "latin-1"]), "replace")


def append(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice([b"", b"\n", b"\0", b"<!-- -->"]) + chance.choice([data, b"", b"x"])


ODDITIES = [
    *(b"\x08", b"\0", b"&", b"&x;", b"&#0;", b"&#xD800;", b"<", b">", b"]]>", b"<![CDATA[", b"<b>"),
    *(b"<!--", b"-->", b"<?x", b"?>", b"<!DOCTYPE x>", b"<!ENTITY a 'b'>", b"<page>", b"</page>"),
    *(b"<mediawiki>", b"</mediawiki>", b"<siteinfo>", b"<revision>", b"\xff\xfe", b"\xed\xa0\x80"),
    *("\u202e\u2028\ufffe\x7f".encode(), b"<text>a</text>", b"<redirect/>", b"<ns>1</ns>"),
]
FACTS = [
    *(
        b"",
        b"0",
        b"-1",
        b"9" * 400,
        b"1e9",
        b"\xd9\xa1",
        b"0x1",
        b" 7 ",
        b"&#0;",
        b"&#8;",
        b"&#x85;",
    ),
    *(b"Talk:" + b"A" * 600, b"Talk:\xef\xbf\xbf", b"&lt;script&gt;", b"flow-board", b"9999-12-31"),
    *(b"0000-00-00T00:00:00Z", b"2019-05-02T10:00:00+99:00", b"Talk:A 1", b"&#xFFFE;", b"x" * 5000),
]
MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    *(flip, cut, take_out, put_in, put_in, drop_tag, double_tag, swap_tags, double_part),
    *(odd_fact, odd_fact, rename_namespaces, encode, append),
]


def seven(data: bytes) -> bytes:
    file = BytesIO()
    with py7zr.SevenZipFile(file, "w", filters=[{"id": py7zr.FILTER_LZMA2, "preset": 1}]) as packed:
        packed.writestr(data, "dump.xml")
    return file.getvalue()


CONTAINERS: list[Callable[[bytes], bytes]] = [gzip.compress, bz2.compress, zstd.compress, seven]


def mutated(seed: int) -> tuple[bytes, bytes]:
    """A dump's XML with up to three things wrong, and its file: packed or not, whole or not."""
    chance = random.Random(seed)  # noqa: S311 (it keeps no secret)
    data = valid(chance)
    for _time in range(chance.randint(0, 3)):
        data = chance.choice(MUTATIONS)(data, chance) or b" "
    if chance.random() < 0.8:
        return data, data
    packed = chance.choice(CONTAINERS)(data)
    return data, chance.choice([as_it_is, flip, cut, take_out])(packed, chance)


def as_it_is(data: bytes, _chance: random.Random) -> bytes:
    return data
