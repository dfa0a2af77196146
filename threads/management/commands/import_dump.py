"""`manage.py import_dump`: the talk pages in MediaWiki's XML, from exports and dumps."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.dump import dump, dump_info
from threads.ingest.wikis.siteinfo import wiki_of
from threads.management.archive import ArchiveCommand
from threads.management.progress import add_run_arguments, follow, refusal

# The options that give what cannot be used, by what `BadInput` calls it.
OPTIONS = {"dbname": "--wiki", "language": "--language", "timezone": "--timezone"}


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Import the talk pages of XML files from Special:Export or dumps.wikimedia.org."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help=_("XML files of one wiki, plain or compressed (gzip, bzip2, zstd, 7z)"),
        )
        parser.add_argument(
            "--wiki",
            default="",
            metavar="DBNAME",
            help=_("database name to use instead of the wiki's own"),
        )
        parser.add_argument(
            "--language",
            default="",
            metavar="CODE",
            help=_("content language of a new wiki, if the dump is wrong"),
        )
        parser.add_argument(
            "--timezone",
            default="",
            metavar="ZONE",
            help=_("time zone of a new wiki's signatures, e.g. Europe/Berlin (not part of dumps)"),
        )
        parser.add_argument(
            "--history",
            action="store_true",
            help=_("import all revisions, not only the current ones"),
        )
        parser.add_argument(
            "--project",
            action="store_true",
            help=_("include project pages that contain signatures"),
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
            raise refusal(error, OPTIONS) from error
        for sentence in said:
            self.stderr.write(sentence)
        follow(
            self,
            lambda pool, watch: start_run(wiki, source, dry=dry_run, pool=pool, watch=watch),
            processes=options["processes"],
            cluster=options["cluster"],
            verbosity=options["verbosity"],
        )
