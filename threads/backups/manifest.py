"""What a backup says of itself: the part that is written last, and read first."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .container import DAMAGED, Part, Writer
from .errors import UnusableBackup

# To be raised where an older version could not restore it rightly.
FORMAT = 1
NAME = "manifest.json"
SUM = "manifest.sha256"  # of the manifest itself, as sha256sum writes it
SECRET_KEY = "secret_key"  # noqa: S105 (a file's name)
DATABASES = {"sqlite": "database.sqlite3.zst", "postgresql": "database.pgdump.zst"}
MOST = 16 * 1024 * 1024  # bytes of a manifest
LONGEST_KEY = 4096  # bytes
_UPLOAD_PART = re.compile(r"upload-[0-9]{1,6}")
# As threads.ingest.files.uploads names them.
_UPLOAD = re.compile(r"[0-9a-f]{16}-[^/\0]{1,200}")


class _Versioned(msgspec.Struct):
    format: int
    version: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is of, and what is in it."""

    format: int
    version: str  # of talkarchive
    made: datetime
    engine: Literal["sqlite", "postgresql"]
    migrations: dict[str, str]  # the last of each app
    wikis: int
    pages: int
    comments: int
    folder: str  # where uploads were
    uploads: dict[str, str]  # the names of files, by their parts
    parts: list[Part]

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    @property
    def database(self) -> Part:
        return self.part(DATABASES[self.engine])

    @property
    def has_key(self) -> bool:
        return any(part.name == SECRET_KEY for part in self.parts)


def is_known(name: str) -> bool:
    """Whether a part may be named so."""
    return name in (NAME, SUM, SECRET_KEY, *DATABASES.values()) or is_upload(name)


def is_upload(name: str) -> bool:
    return _UPLOAD_PART.fullmatch(name) is not None


def contents(manifest: Manifest) -> str:
    """What a backup has, in words."""

    pages = ngettext("%(count)s page", "%(count)s pages", manifest.pages)
    comments = ngettext("%(count)s comment", "%(count)s comments", manifest.comments)
    wikis = ngettext("%(count)s wiki", "%(count)s wikis", manifest.wikis)
    return _("%(pages)s with %(comments)s of %(wikis)s") % {
        "pages": pages % {"count": manifest.pages},
        "comments": comments % {"count": manifest.comments},
        "wikis": wikis % {"count": manifest.wikis},
    }


def write_end(writer: Writer, manifest: Manifest) -> None:
    """Write the manifest and its sum, and end the backup."""
    data = encoded(manifest)
    with writer.part(NAME) as sink:
        sink.write(data)
    with writer.part(SUM) as sink:
        sink.write(sum_line(data))
    writer.end()


def sum_line(data: bytes) -> bytes:
    return f"{sha256(data).hexdigest()}  {NAME}\n".encode()


def encoded(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def decoded(data: bytes) -> Manifest:
    """Raises UnusableBackup for what is no manifest, or that of a newer version."""
    try:
        said = msgspec.json.decode(data, type=_Versioned)
        if said.format > FORMAT:
            raise UnusableBackup(
                _(
                    "It was created by a newer version of talkarchive (%(version)s). Restore it "
                    "with that version."
                )
                % {"version": said.version[:40]}
            )
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnusableBackup(DAMAGED) from error
    if not _is_consistent(manifest):
        raise UnusableBackup(DAMAGED)
    return manifest


def _is_consistent(manifest: Manifest) -> bool:
    names = [part.name for part in manifest.parts]
    files = manifest.uploads.values()
    database = DATABASES[manifest.engine]
    return (
        len(names) == len(set(names))
        and all(is_upload(name) or name in (database, SECRET_KEY) for name in names)
        and database in names
        and set(manifest.uploads) == set(filter(is_upload, names))
        and len(set(files)) == len(files)
        and all(_UPLOAD.fullmatch(name) for name in files)
        and all(part.size >= 0 and part.unpacked >= 0 for part in manifest.parts)
        and (not manifest.has_key or manifest.part(SECRET_KEY).unpacked <= LONGEST_KEY)
    )
