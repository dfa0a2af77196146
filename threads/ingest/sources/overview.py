"""What a live wiki has to import, for an admin who knows nothing but its address."""

from collections.abc import Iterator
from dataclasses import dataclass

from threads.ingest.titles import named_title
from threads.ingest.web.answers import AllPages
from threads.ingest.web.api import Api
from threads.ingest.web.fetching import Bounds
from threads.models import Wiki

SHOWN = 20  # titles of each namespace
MOST = 12  # namespaces


@dataclass(frozen=True, slots=True)
class TalkNamespace:
    """A namespace of discussions, with its first pages."""

    prefix: str  # what its titles begin with: “Talk:”
    titles: list[str]  # in full, in the wiki's order
    has_more: bool


def talk_namespaces(wiki: Wiki, bounds: Bounds | None = None) -> list[TalkNamespace]:
    """The wiki's namespaces of discussions that have pages, by their numbers; a question to
    `wiki.api_url` for each. Raises SourceBroke."""
    with Api(wiki.api_url, bounds) as api:
        return list(_with_pages(api, wiki))


def _with_pages(api: Api, wiki: Wiki) -> Iterator[TalkNamespace]:
    numbers = sorted(int(number) for number in wiki.namespaces)
    for number in [each for each in numbers if each > 0 and each % 2][:MOST]:
        answer = api.ask(
            AllPages,
            action="query",
            list="allpages",
            apnamespace=number,
            apfilterredir="nonredirects",
            aplimit=SHOWN,
        )
        titles = [named_title(page.title) for page in answer.query.allpages] if answer.query else []
        if titles:
            name = wiki.namespaces[str(number)]["name"]
            yield TalkNamespace(f"{name}:", titles[:SHOWN], bool(answer.more))
