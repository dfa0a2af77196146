"""A corpus for ConvoKit (its format of 2023, version 3), as a ZIP file to be unpacked.

An utterance is a comment, a speaker is an author of a wiki, and a conversation is a comment that
answers none, with all below it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from threads.export.discussions import Shown, comments_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import TalkPage

from .rights import rights
from .zipping import Zipped

TEXT, NUMBER = ["<class 'str'>"], ["<class 'int'>"]
INDEX = {
    "utterances-index": dict.fromkeys("page topic name precision url corrected".split(), TEXT),
    "speakers-index": {"wiki": TEXT, "name": TEXT},
    "conversations-index": {"wiki": TEXT, "page": TEXT, "topic": TEXT},
    "overall-index": dict.fromkeys(("license", "license_url"), TEXT),
    "version": 1,
    "vectors": [],
}


def encode(value: object) -> bytes:
    """As JSON in ASCII: ConvoKit opens files in the encoding of its machine."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def convokit(selection: Selection) -> Iterator[bytes]:
    zipped = Zipped()
    speakers: set[tuple[str, str]] = set()
    yield from zipped.file("utterances.jsonl", _utterances(selection, speakers))
    yield from zipped.file("speakers.json", _object(map(_speaker, sorted(speakers))))
    yield from zipped.file("conversations.json", _object(_conversations(selection)))
    yield from zipped.file("corpus.json", [encode(_corpus()), b"\n"])
    yield from zipped.file("index.json", [encode(INDEX), b"\n"])
    yield from zipped.end()


def _corpus() -> dict[str, str]:
    name, address = rights()
    return {"license": name, "license_url": address}


def _utterances(selection: Selection, speakers: set[tuple[str, str]]) -> Iterator[bytes]:
    """A comment a line; who signed them is noted."""
    for page, comment, answered, root in _threaded(selection):
        speakers.add((page.wiki.dbname, comment.author_name))
        utterance: dict[str, Any] = {
            "id": _name(page, comment.ident),
            "conversation_id": _name(page, root),
            "text": comment.text,
            "speaker": _speaker_name(page.wiki.dbname, comment.author_name),
            "meta": {
                "page": page.title,
                "topic": comment.heading,
                "name": comment.name,
                "precision": comment.precision,
                "url": link_to(page, comment.ident),
                "corrected": " ".join(comment.corrected),
            },
            "reply-to": _name(page, answered) if answered else None,
            "timestamp": int(comment.timestamp.timestamp()),
            "vectors": [],
        }
        yield encode(utterance) + b"\n"


def _conversations(selection: Selection) -> Iterator[tuple[str, dict[str, str]]]:
    for page, comment, answered, _root in _threaded(selection):
        if answered is None:
            meta = {"wiki": page.wiki.dbname, "page": page.title, "topic": comment.heading}
            yield _name(page, comment.ident), meta


def _threaded(selection: Selection) -> Iterator[tuple[TalkPage, Shown, str | None, str]]:
    """Comments with the ID of what they answer, if that is selected too, and of the first one."""
    for page in pages_of(selection):
        roots: dict[str, str] = {}
        for comment in comments_of(page, selection):
            parent = comment.parent_ident if comment.parent_ident in roots else None
            roots[comment.ident] = roots[parent] if parent else comment.ident
            yield page, comment, parent, roots[comment.ident]


def _speaker(speaker: tuple[str, str]) -> tuple[str, dict[str, str]]:
    wiki, name = speaker
    return _speaker_name(wiki, name), {"wiki": wiki, "name": name}


def _speaker_name(wiki: str, name: str) -> str:
    return f"{wiki}:{name}"


def _name(page: TalkPage, ident: str) -> str:
    """A comment's ID, which is unique on its page, as one that is unique everywhere."""
    return f"{page.wiki.dbname}:{page.title}#{ident}"


def _object(members: Iterable[tuple[str, dict[str, str]]]) -> Iterator[bytes]:
    """Names with their metadata as one JSON object, piece by piece."""
    before = b"{"
    for name, meta in members:
        yield before + encode(name) + b":" + encode({"meta": meta, "vectors": []})
        before = b",\n"
    yield b"}\n" if before != b"{" else b"{}\n"
