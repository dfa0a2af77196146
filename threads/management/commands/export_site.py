"""`manage.py export_site`: the archive as static pages, which need no server."""

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.export import ExportError
from threads.ingest.reasons import unwritable
from threads.management.archive import ArchiveCommand
from threads.management.numbers import whole
from threads.management.progress import BAD_INPUT, FAILED
from threads.management.transfers import portions_shown
from threads.site.files.scope import Scope
from threads.site.making import make_copy


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Write the archive as static pages that need no server: for a disk or any web host. "
        "Readers and imports are not interrupted, but an import in the meantime ends the export. "
        "See docs/site.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument(
            "folder",
            type=Path,
            metavar="FOLDER",
            help=_("folder for the pages; an earlier static copy in it is replaced"),
        )
        self._add_what_is_copied(parser)
        parser.add_argument(
            "--language",
            action="append",
            choices=codes,
            help=_(
                "a language of the user interface; may be repeated, pages of the first one are at "
                "the top of the folder (default: all)"
            ),
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help=_("only write what has changed since the static copy in the folder"),
        )
        parser.add_argument(
            "--zim",
            type=Path,
            metavar="FILE",
            help=_("also write the copy as a ZIM file, for Kiwix; an existing file is replaced"),
        )
        parser.add_argument(
            "--processes",
            type=whole(1),
            default=settings.IMPORT_PROCESSES,
            metavar="N",
            help=_("number of processes (default: %(default)s)"),
        )

    def _add_what_is_copied(self, parser: ArgumentParser) -> None:
        some = parser.add_mutually_exclusive_group()
        some.add_argument("--wiki", default="", metavar="DBNAME", help=_("only pages of this wiki"))
        some.add_argument(
            "--collection", default="", metavar="SLUG", help=_("only pages of this collection")
        )
        parser.add_argument(
            "--histories",
            action="store_true",
            help=_("with comment histories: earlier texts, moves, corrections, removed comments"),
        )
        parser.add_argument(
            "--analyses",
            action="store_true",
            help=_("with analyses of pages, topics, authors and collections"),
        )

    def handle(
        self,
        *,
        folder: Path,
        wiki: str,
        collection: str,
        language: list[str] | None,
        histories: bool,
        analyses: bool,
        update: bool,
        zim: Path | None,
        processes: int,
        **options: Any,
    ) -> None:
        languages = tuple(dict.fromkeys(language or (code for code, _name in settings.LANGUAGES)))
        scope = Scope(wiki, collection, histories, analyses)
        if zim and find_spec("libzim") is None:
            said = _("ZIM files require libzim. Install it with “%s”.") % settings.EXTRAS["zim"]
            raise CommandError(said, returncode=BAD_INPUT)
        written = folder
        try:
            with portions_shown(self, _("Exporting")) as tell:
                made = make_copy(folder, scope, languages, processes, tell, update=update)
            if zim:  # by a library that not everybody has
                written = zim
                import_string("threads.site.zim.write_zim")(zim, folder, scope, languages)
        except ExportError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except OSError as error:
            raise CommandError(unwritable(written, error), returncode=FAILED) from error
        said = ngettext(
            "The static copy (%(count)s page) has been saved to %(path)s.",
            "The static copy (%(count)s pages) has been saved to %(path)s.",
            made.pages,
        )
        self.stdout.write(said % {"count": made.pages, "path": folder.absolute()})
        if update:
            self.stdout.write(_("Files written: %s.") % made.written)
        if zim:
            self.stdout.write(_("The ZIM file has been saved to %s.") % zim.absolute())
