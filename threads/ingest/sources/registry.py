"""The source of a run, made again: by whoever works on a run that is queued, or goes on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput
from threads.models import ImportRun, Wiki

from . import Source
from .demo import demo_pages
from .dump import xmldump_again
from .live_wiki import mediawiki_again

# By the source's name: what makes it from a run's wiki and the source's `parameters`.
MAKERS: dict[str, Callable[[Wiki, Mapping[str, Any]], Source]] = {
    "demo": demo_pages,
    "dump": xmldump_again,
    "mediawiki": mediawiki_again,
}


def source_of(run: ImportRun) -> Source:
    """Raises BadInput where the source is not there any more, or was never to be read twice."""
    make = MAKERS.get(run.source)
    if make is None:
        raise BadInput(
            "source",
            _("What came by “%(source)s” is not kept apart from its page: import it once more.")
            % {"source": run.source},
        )
    return make(run.wiki, run.parameters)
