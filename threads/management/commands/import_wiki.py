"""`manage.py import_wiki`: talk pages of a live wiki, through its API."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import Source
from threads.ingest.sources.listing import PageChoice
from threads.ingest.sources.live_wiki import live_wiki
from threads.ingest.wikis.discovery import title_in, wiki_at
from threads.management.archive import ArchiveCommand
from threads.management.progress import add_run_arguments, follow, refusal
from threads.models import Wiki

# The options that give what cannot be used, by what `BadInput` calls it.
OPTIONS = {
    "dbname": "--wiki",
    "timezone": "--timezone",
    "titles": "--title, --prefix, --category",
}


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Import talk pages from a live wiki. Later imports fetch only what has changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url", help=_("URL of the wiki, of one of its pages, or of its api.php")
        )
        parser.add_argument(
            "--title",
            action="append",
            default=[],
            help=_("full page title (repeatable; default: the page at URL)"),
        )
        parser.add_argument(
            "--prefix",
            default="",
            help=_("all pages whose titles start with this, e.g. “Talk:Strategy/”"),
        )
        parser.add_argument("--category", default="", help=_("all pages in this category"))
        parser.add_argument("--subpages", action="store_true", help=_("include subpages"))
        parser.add_argument(
            "--archives", action="store_true", help=_("include archive subpages only")
        )
        parser.add_argument(
            "--history",
            action="store_true",
            help=_("import all revisions, not only the current ones"),
        )
        parser.add_argument(
            "--wiki",
            default="",
            metavar="DBNAME",
            help=_("database name to use instead of the wiki's own"),
        )
        parser.add_argument(
            "--timezone",
            default="",
            metavar="ZONE",
            help=_("time zone of signatures, if not the wiki's own"),
        )
        add_run_arguments(parser)

    def handle(self, *, url: str, wiki: str, timezone: str, dry_run: bool, **options: Any) -> None:
        try:
            target, said = wiki_at(url, dbname=wiki, timezone=timezone)
            source = live_wiki(target, choice(url, target, options))
        except (BadInput, SourceBroke) as error:
            raise refusal(error, OPTIONS) from error
        for sentence in said:
            self.stderr.write(sentence)
        self.run(target, source, dry_run, options)

    def run(self, wiki: Wiki, source: Source, dry: bool, options: dict[str, Any]) -> None:
        follow(
            self,
            lambda pool, watch: start_run(wiki, source, dry=dry, pool=pool, watch=watch),
            processes=options["processes"],
            cluster=options["cluster"],
            verbosity=options["verbosity"],
        )


def choice(url: str, wiki: Wiki, options: dict[str, Any]) -> PageChoice:
    """The pages that the options name, or the one that the URL shows."""
    titles: list[str] = options["title"]
    if not (titles or options["prefix"] or options["category"]):
        titles = [title_in(url, wiki)]
    return PageChoice(
        titles,
        options["prefix"],
        options["category"],
        subpages=options["subpages"],
        archives=options["archives"],
        history=options["history"],
    )
