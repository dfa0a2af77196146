"""Which version of talkarchive a data folder is of: a note in the folder itself.

A database tells by its migrations when it is too new for a program. The data folder, which may be
all that a machine has of an archive whose database is elsewhere, tells by this.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured

NAME = "archive.json"
# To be raised where an older version would do harm to what this one keeps in the folder.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who used a data folder last: the version, its FORMAT, and its database's last migration."""

    version: str
    format: int
    migration: str


def check_stamp(folder: Path) -> None:
    """Raises ImproperlyConfigured where the folder is of a format that this version lacks."""
    stamp = read_stamp(folder)
    if stamp and stamp.format > FORMAT:
        raise ImproperlyConfigured(
            f"The data folder {folder} was used by a newer version of talkarchive "
            f"({stamp.version}): run that version, or name another folder in TALKARCHIVE_DATA."
        )


def read_stamp(folder: Path) -> Stamp | None:
    """What the folder's note says; None where it has none.

    Raises ImproperlyConfigured for a note that cannot be read.
    """
    path = folder / NAME
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Stamp(str(said["version"]), int(said["format"]), str(said["migration"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ImproperlyConfigured(
            f"{path}, which says what version of talkarchive the data folder is of, cannot be "
            "read: give the archive's user the permission to; if it is damaged, remove it, and "
            "“migrate” writes it anew."
        ) from error


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """Keep the note, whole or not at all. Raises OSError where it cannot be written."""
    with suppress(ImproperlyConfigured):
        if read_stamp(folder) == stamp:
            return
    with NamedTemporaryFile("w", dir=folder, prefix=f"{NAME}-", delete=False) as file:
        path = Path(file.name)
        try:
            json.dump(asdict(stamp), file, indent=2)
            file.write("\n")
            file.flush()
            path.chmod(0o644)
            path.replace(folder / NAME)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
