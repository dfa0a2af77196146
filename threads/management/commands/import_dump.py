"""`manage.py import_dump`: the talk pages in MediaWiki's XML, from exports and dumps."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.dump import dump, dump_info
from threads.ingest.wikis.siteinfo import wiki_of
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT, add_run_arguments, follow


class Command(ArchiveCommand):
    help = "Import the talk pages of XML files from Special:Export or dumps.wikimedia.org."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="of one wiki; plain, or packed as gzip, bzip2, zstd or 7z",
        )
        parser.add_argument(
            "--wiki", default="", metavar="DBNAME", help="its name here, if not its own"
        )
        parser.add_argument(
            "--language", default="", metavar="CODE", help="of a new wiki's content, if not its own"
        )
        parser.add_argument(
            "--timezone",
            default="",
            metavar="ZONE",
            help="of a new wiki's signatures, such as Europe/Berlin; dumps do not tell it",
        )
        parser.add_argument(
            "--history", action="store_true", help="all revisions, not only the latest ones"
        )
        parser.add_argument(
            "--project",
            action="store_true",
            help="the project's own pages too, where somebody signed them",
        )
        add_run_arguments(parser)

    def handle(self, *, files: list[Path], dry_run: bool, **options: Any) -> None:
        try:
            wiki, said = wiki_of(
                dump_info(files),
                dbname=options["wiki"],
                language=options["language"],
                timezone=options["timezone"],
            )
            source = dump(files, wiki=wiki, history=options["history"], project=options["project"])
        except (BadInput, SourceBroke) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        for sentence in said:
            self.stderr.write(sentence)
        follow(
            self,
            lambda pool, watch: start_run(wiki, source, dry=dry_run, pool=pool, watch=watch),
            processes=options["processes"],
            cluster=options["cluster"],
        )
