"""What comments said before, where they stood, and what was corrected of them: for each talk page,
a page of a copy for each year in which such comments were signed."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from threads.models import Comment, TalkPage
from threads.presentation.comment.history import histories_of
from threads.presentation.people.speakers import Person
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.dates import zone_of
from threads.site.files.addresses import path_of_histories
from threads.site.files.scope import Scope
from threads.site.files.told import YEAR, comments_told, told_on

from .drafts import Draft, Unit


def keys_of_histories(scope: Scope) -> Iterator[tuple[str, str]]:
    """Each page and year of which something is told, with the path of that."""
    if not scope.histories:
        return
    found = comments_told(scope).annotate(year=YEAR).order_by("page_id", "year")
    rows = found.values_list("page_id", "year", "page__wiki__dbname", "page__title").distinct()
    for page, year, dbname, title in rows.iterator():
        yield f"{page}:{year}", path_of_histories(dbname, title, year)


def histories(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    """What is told of each page and year."""
    wanted = [tuple(map(int, key.split(":"))) for key in keys]
    pages = TalkPage.objects.select_related("wiki").in_bulk({page for page, _year in wanted})
    told = told_on(scope, list(pages))
    found = comments_told(scope).filter(page__in=pages).annotate(year=YEAR).with_context()
    ordered = found.order_by("page_id", "year", "-is_current", "position", "pk")
    for key, some in groupby(ordered, key=attrgetter("page_id", "year")):
        if key in wanted:
            page, year = key
            years = sorted({each.year for each in told[page]})
            comments = list(some)
            resolve_links(pages[page].wiki, comments)
            yield Unit(partial(_draft, pages[page], year, years, comments))


def _draft(page: TalkPage, year: int, years: list[int], comments: list[Comment]) -> Iterator[Draft]:
    wiki = page.wiki
    told = [
        {
            "comment": comment,
            "person": Person.named(comment.author.name, wiki.dbname),
            "places": places,
        }
        for comment, places in zip(comments, histories_of(comments, wiki), strict=True)
    ]
    paths = {str(each): path_of_histories(wiki.dbname, page.title, each) for each in years}
    yield Draft(
        path=paths[str(year)],
        address=page.get_absolute_url(),
        template="copied/history.html",
        variables={
            "talk_page": page,
            "wiki": wiki,
            "zone": zone_of(wiki),
            "told": told,
            "year": str(year),
            "years": paths,
        },
    )
