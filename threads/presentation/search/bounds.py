"""How many results there are, and what is told of some of them only."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.search import finding
from threads.search.finding import BEST, Found
from threads.search.index.entries import year_of
from threads.search.index.texts import is_complete
from threads.search.query.notes import Said

from .sentences import SENTENCES


def counted(found: Found) -> str:
    """ "3 results", "more than 500 results", "at least 40 results": comments and unsigned texts,
    and not the people, pages and topics of that name, which stand apart."""
    if found.counted_to is not None:
        words = ngettext("at least %(count)s result", "at least %(count)s results", found.total)
        return words % {"count": localize(found.total)} if found.total else _("No results so far")
    if found.is_capped:
        return _("more than %(count)s results") % {"count": localize(finding.MOST_COUNTED)}
    if not found.total:
        return _("No results in comments")
    words = ngettext("%(count)s result", "%(count)s results", found.total)
    return words % {"count": localize(found.total)}


def comments_counted(count: int) -> str:
    """ "3 comments"."""
    words = ngettext("%(count)s comment", "%(count)s comments", count)
    return words % {"count": localize(count)}


def said_of_titles(*, are_more: bool) -> str:
    """A sentence where not all titles with some words were found, or "". One query."""
    if not is_complete():
        return str(SENTENCES[Said.INCOMPLETE])
    if are_more:
        return _("Too many titles match. Showing the pages with the most comments.")
    return ""


def said_of_bounds(found: Found, order: str) -> str:
    """A sentence where something was not told of all results, or ""."""
    if found.seen_to is not None:
        return _(
            "These words are very common, so only comments back to %(year)s were searched. "
            "Choose “Next results” to continue."
        ) % {"year": year_of(found.seen_to)}
    if not found.is_partly_compared or not found.total:
        return ""
    count = {"count": localize(len(found.candidates))}
    if order == BEST:
        said = _(
            "The best matches are chosen from the newest %(count)s results. The numbers in “Filter "
            "results” count only these results, too."
        )
        return said % count
    return _("The numbers in “Filter results” count only the newest %(count)s results.") % count
