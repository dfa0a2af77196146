"""`manage.py export`: what readers see, or all of it, as files for other programs."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, date, datetime, time
from errno import EISDIR
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.backups.files import begun
from threads.export import FORMATS, ExportError, Selection, encode, one_moment, takedowns, with_end
from threads.ingest.reasons import unwritable
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT, FAILED
from threads.management.transfers import bytes_shown


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Export pages or a whole archive for other programs. JSON Lines (jsonl) contain everything "
        "and can be loaded with “import_archive”; wikiconv contains comment histories, the other "
        "formats the comments on current pages. See docs/export.md. Readers and imports are not "
        "interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        _add_selection(parser)
        parser.add_argument(
            "--format",
            default="jsonl",
            choices=sorted(FORMATS),
            help=_("file format (default: %(default)s)"),
        )
        parser.add_argument(
            "--takedowns-since",
            default="",
            metavar="DATE|FILE",
            help=_(
                "instead of pages, list what was taken down or restored since this date "
                "(YYYY-MM-DD), or since this earlier export was saved"
            ),
        )
        parser.add_argument(
            "--output",
            default="-",
            metavar="FILE",
            help=_("output file; “-” for standard output (default: %(default)s)"),
        )
        parser.add_argument(
            "--force", action="store_true", help=_("overwrite the file if it exists")
        )

    def handle(
        self, *, output: str, force: bool, takedowns_since: str = "", **options: Any
    ) -> None:
        selection = Selection(**{field.name: options[field.name] for field in fields(Selection)})
        try:
            with one_moment():
                parts = _parts(selection, options["format"], takedowns_since)
                self._write(parts, output, force=force)
        except ExportError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except FileExistsError as error:
            said = _("%s exists. To overwrite it, use --force.") % output
            raise CommandError(said, returncode=BAD_INPUT) from error
        except BrokenPipeError:
            raise  # who reads standard output has enough
        except OSError as error:
            raise CommandError(unwritable(output, error), returncode=FAILED) from error

    def _write(self, parts: Iterable[bytes], output: str, *, force: bool) -> None:
        """To standard output, or to a file that is there when it is complete."""
        if output == "-":
            sys.stdout.buffer.writelines(parts)
            sys.stdout.buffer.flush()
            return
        path = Path(output).absolute()
        if path.is_dir():
            raise IsADirectoryError(EISDIR, "", output)
        if path.exists() and not force:
            raise FileExistsError(path)
        with begun(path.parent) as partial, bytes_shown(self) as tell:
            done = 0
            for part in parts:
                partial.file.write(part)
                done += len(part)
                tell(_("Exporting"), done, 0)
            partial.complete(path, replace=force)
        self.stdout.write(_("The export has been saved to %s.") % path)


def _add_selection(parser: ArgumentParser) -> None:
    """The arguments that say what of the archive is meant, each as Selection calls it."""
    parser.add_argument("--wiki", default="", metavar="DBNAME", help=_("only pages of this wiki"))
    parser.add_argument("--page", default="", metavar="TITLE", help=_("only pages with this title"))
    parser.add_argument(
        "--collection", default="", metavar="SLUG", help=_("only pages of this collection")
    )
    parser.add_argument(
        "--topic",
        default="",
        metavar="ID",
        help=_("only this topic: the ID or anchor of its heading, or a link (jsonl: its pages)"),
    )
    parser.add_argument(
        "--author",
        default="",
        metavar="NAME",
        help=_("only comments by this author (jsonl: pages with comments by this author)"),
    )
    parser.add_argument(
        "--search",
        default="",
        metavar="QUERY",
        help=_("only comments found by this search (jsonl: pages with such comments)"),
    )


def _parts(selection: Selection, form: str, takedowns_since: str) -> Iterable[bytes]:
    """The bytes that are asked for. Raises ExportError."""
    is_listable = form == "jsonl" and {*selection.given} <= {"wiki"}
    if takedowns_since and not is_listable:
        raise ExportError(
            _("--takedowns-since lists all takedowns, or those of a --wiki, as JSON Lines.")
        )
    selection.check()
    if not takedowns_since:
        return FORMATS[form].write(selection)
    listed = takedowns(selection.wiki, _moment(takedowns_since))
    return (encode(line) + b"\n" for line in with_end(listed))


def _moment(given: str) -> datetime:
    """A day's beginning in UTC, or when a file was written. Raises ExportError."""
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(given), time(), UTC)
    if Path(given).exists():
        return datetime.fromtimestamp(Path(given).stat().st_mtime, UTC)
    said = _("“%s” is neither a date (YYYY-MM-DD) nor an existing file.")
    raise ExportError(said % given)
