"""Pages of a live wiki, by its Action API: only what the archive has not got is fetched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.ingest.api import BATCH, Answer, Api, batches, making_sense, several
from threads.ingest.errors import BadInput
from threads.ingest.fetching import Bounds
from threads.ingest.listing import Choice, list_pages
from threads.ingest.text import clean
from threads.ingest.titles import given_title, named_title
from threads.models import Revision, Wiki

from . import PageRevision, Source, Unusable

HEAVIEST = 4 * 1024 * 1024  # bytes of wikitext in one answer, as far as sizes are known
FIELDS = "ids|timestamp|content"


class Wanted(NamedTuple):
    """A revision that is to be imported."""

    page: int  # the wiki's page id
    title: str
    number: int
    size: int  # bytes
    last: bool  # it is the page's current one


def mediawiki(wiki: Wiki, choice: Choice, bounds: Bounds | None = None) -> Source:
    """The chosen pages of the wiki at `wiki.api_url`; listed now, fetched as they are read.

    A revision that the archive has comes from the archive itself, and only where it is
    its page's current one. Raises BadInput and SourceBroke.
    """
    with making_sense(wiki.api_url), Api(wiki.api_url, bounds) as api:
        listing = list_pages(api, wiki, choice)

    def revisions() -> Iterator[PageRevision | Unusable]:
        for at, unusable in enumerate(listing.unusable, 1):
            yield replace(unusable, at=at)
        at = len(listing.unusable)
        pages = iter(listing.titles.items())
        with making_sense(wiki.api_url), Api(wiki.api_url, bounds) as api:
            while some := dict(islice(pages, BATCH)):
                places = {number: at + place for place, number in enumerate(some, 1)}
                for number, revision in _read(api, wiki, some, choice.history):
                    yield replace(revision, at=places[number])
                at += len(some)

    said = [_offer(listing.archives)] if listing.archives else []
    total = len(listing.titles) + len(listing.unusable)
    return Source("mediawiki", revisions(), total, asdict(choice), said)


def mediawiki_again(wiki: Wiki, parameters: Mapping[str, Any]) -> Source:
    """The source of an import, from its parameters."""
    return mediawiki(wiki, Choice(**parameters))


def _read(
    api: Api, wiki: Wiki, titles: Mapping[int, str], history: bool
) -> Iterator[tuple[int, PageRevision | Unusable]]:
    """What there is of some pages, each with its page id."""
    wanted: list[Wanted] = []
    kept = _kept(wiki, titles)
    for number, page in _ask_for_pages(api, titles).items():
        title = named_title(page.get("title", titles[number]))
        if unusable := _unusable(page, title):
            yield number, unusable
        elif history:
            all_of_it = _history(api, number, title, page["lastrevid"])
            wanted += [each for each in all_of_it if each.last or each.number not in kept]
        else:
            wanted.append(Wanted(number, title, page["lastrevid"], page["length"], last=True))
    for some in batches(wanted, weight=lambda each: each.size, heaviest=HEAVIEST):
        fetched = _fetch(api, [each.number for each in some if each.number not in kept])
        for each in some:
            if each.number in kept:
                yield each.page, _from_archive(wiki, each)
            else:
                yield each.page, _revision(each, fetched.get(each.number))


def _kept(wiki: Wiki, numbers: Mapping[int, str]) -> set[int]:
    """The revision ids that the archive has of pages with these page ids."""
    revisions = Revision.objects.filter(
        page__wiki__dbname=wiki.dbname, page__number__in=list(numbers)
    )
    return {number for number in revisions.values_list("number", flat=True) if number}


def _ask_for_pages(api: Api, titles: Mapping[int, str]) -> dict[int, Answer]:
    """By page id and in that order, what the wiki says of the pages."""
    told = {
        page["pageid"]: page
        for part in api.query(prop="info", pageids=several(titles))
        for page in part.get("pages", ())
    }
    return {number: told.get(number, {"missing": True}) for number in titles}


def _unusable(page: Answer, title: str) -> Unusable | None:
    if page.get("missing"):
        reason = _("The wiki has deleted this page; what the archive has of it stays.")
        return Unusable(title, reason, failed=False)
    if page.get("redirect"):
        reason = _("It is a redirect now; what the archive has of it stays.")
        return Unusable(title, reason, failed=False)
    return _other_model(title, page.get("contentmodel", "wikitext"))


def _other_model(title: str, model: str) -> Unusable | None:
    if model == "wikitext":
        return None
    reason = _("Its content is not wikitext but “%s”, in which talkarchive finds no comments.")
    return Unusable(title, reason % model)


def _history(api: Api, page: int, title: str, last: int) -> Iterator[Wanted]:
    """All of a page's revisions, oldest first; the wiki tells them of one page at a time."""
    question = {"prop": "revisions", "rvprop": "ids|size", "rvdir": "newer", "rvlimit": "max"}
    for part in api.query(pageids=page, **question):
        for told in part.get("pages", ()):
            for each in told.get("revisions", ()):
                number = each["revid"]
                yield Wanted(page, title, number, each.get("size", 0), number == last)


def _fetch(api: Api, numbers: Sequence[int]) -> dict[int, Answer]:
    """By revision id, what the wiki says of revisions, with their text and page."""
    if not numbers:
        return {}
    question = {"prop": "revisions", "rvprop": FIELDS, "rvslots": "main"}
    return {
        revision["revid"]: {**revision, "title": page["title"], "pageid": page["pageid"]}
        for part in api.query(revids=several(numbers), **question)
        for page in part.get("pages", ())
        for revision in page.get("revisions", ())
    }


def _revision(wanted: Wanted, told: Answer | None) -> PageRevision | Unusable:
    if told is None:
        reason = _("Its revision %s has been deleted since it was listed. Import it once more.")
        return Unusable(wanted.title, reason % wanted.number, failed=wanted.last)
    main = told.get("slots", {}).get("main", told)  # before MediaWiki 1.32 there are no slots
    if "content" not in main:
        reason = _("The wiki does not show the text of its revision %s: it is hidden or lost.")
        return Unusable(wanted.title, reason % wanted.number, failed=wanted.last)
    if other := _other_model(wanted.title, main.get("contentmodel", "wikitext")):
        return replace(other, failed=wanted.last)
    try:
        title = given_title(told["title"])
        text = clean(main["content"], title) if main["content"].strip() else ""
    except BadInput as error:
        return Unusable(wanted.title, str(error))
    moment = datetime.fromisoformat(told["timestamp"])
    return PageRevision(title, text, wanted.number, moment, told["pageid"])


def _from_archive(wiki: Wiki, wanted: Wanted) -> PageRevision:
    """A kept revision, under the title that its page has now."""
    kept = Revision.objects.get(page__wiki=wiki, page__number=wanted.page, number=wanted.number)
    return PageRevision(wanted.title, kept.text, kept.number, kept.timestamp, wanted.page)


def _offer(archives: Sequence[str]) -> str:
    return ngettext(
        "%(count)s archive of these pages is not among them: %(titles)s.",
        "%(count)s archives of these pages are not among them: %(titles)s.",
        len(archives),
    ) % {"count": len(archives), "titles": ", ".join(archives)}
