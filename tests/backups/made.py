"""Backups as they are made, and as somebody may have changed them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from threads.backups.container import Part, Writer
from threads.backups.manifest import Manifest, write_end
from threads.backups.reading import opened

Parts = dict[str, bytes]


def parts_of(path: Path) -> tuple[Manifest, Parts]:
    """What a backup says of itself, and its parts as they were before they were packed."""
    with opened(path) as backup:
        manifest = backup.manifest
        return manifest, {part.name: b"".join(backup.read(part.name)) for part in manifest.parts}


def write(path: Path, manifest: Manifest, parts: Parts) -> Manifest:
    """A backup of these parts, whatever its manifest says, with sums that are right."""
    with _begun(path, parts) as writer:
        manifest = msgspec.structs.replace(manifest, parts=list(writer.parts))
        write_end(writer, manifest)
    return manifest


def rewritten(path: Path, change: Callable[[Manifest], Manifest]) -> None:
    """Replace a backup's manifest; its parts stay, and their sums are as the change leaves them."""
    manifest, parts = parts_of(path)
    with _begun(path, parts) as writer:
        write_end(writer, change(manifest))


@contextmanager
def _begun(path: Path, parts: Parts) -> Iterator[Writer]:
    """A backup that has these parts and no end yet."""
    with path.open("w+b") as file:
        writer = Writer(file)
        for name, data in parts.items():
            with writer.part(name) as sink:
                sink.write(data)
        yield writer


def with_part(manifest: Manifest, of: str, /, **values: object) -> Manifest:
    """The same, with other values of one part."""
    parts: list[Part] = [
        msgspec.structs.replace(part, **values) if part.name == of else part
        for part in manifest.parts
    ]
    return msgspec.structs.replace(manifest, parts=parts)
