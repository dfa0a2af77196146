"""Pages of a live wiki, by its Action API: only what the archive has not got is fetched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain, islice
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.ingest.characters import one_line
from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.files.text import clean
from threads.ingest.titles import given_title, named_title
from threads.ingest.web.answers import Histories, Info, Pages, RevisionText, Texts
from threads.ingest.web.api import BATCH, Api, batches, several
from threads.ingest.web.fetching import Bounds
from threads.models import Revision, Wiki

from . import PageRevision, Source, Unusable
from .edits import clean_edit
from .kinds import SourceKind
from .left_out import FLOW_MODEL, Boards
from .listing import PageChoice, list_pages
from .redirects import Redirects

MOST_REVISIONS = 2_000_000  # of one page
HEAVIEST = 4 * 1024 * 1024  # bytes of wikitext in one answer, as far as sizes are known
FIELDS = "ids|timestamp|content|user|comment|flags"
SHOWN = 80  # characters of what the wiki says that a message repeats


class WantedRevision(NamedTuple):
    """A revision that is to be imported."""

    page: int  # the wiki's page id
    title: str
    number: int
    size: int  # bytes
    last: bool  # it is the page's current one

    @property
    def key(self) -> tuple[int, int]:
        return self.page, self.number


class FetchedRevision(NamedTuple):
    """A revision as the wiki gives it, and the page that it is of."""

    page: int
    title: str
    revision: RevisionText


def live_wiki(wiki: Wiki, choice: PageChoice, bounds: Bounds | None = None) -> Source:
    """The chosen pages of the wiki at `wiki.api_url`; listed now, fetched as they are read.

    A revision that the archive has comes from the archive itself, and only where it is
    its page's current one. Raises BadInput and SourceBroke.
    """
    with Api(wiki.api_url, bounds) as api:
        listing = list_pages(api, wiki, choice)

    boards = Boards()

    def revisions() -> Iterator[PageRevision | Unusable]:
        for at, unusable in enumerate(listing.unusable, 1):
            yield replace(unusable, at=at)
        at = len(listing.unusable)
        pages = iter(listing.titles.items())
        with Api(wiki.api_url, bounds) as api:
            while some := dict(islice(pages, BATCH)):
                places = {number: at + place for place, number in enumerate(some, 1)}
                for number, revision in _read(api, wiki, some, choice.history):
                    boards.count += getattr(revision, "model", "") == FLOW_MODEL
                    yield replace(revision, at=places[number])
                at += len(some)

    said = [_offer(listing.archives)] if listing.archives else []
    total = len(listing.titles) + len(listing.unusable)
    return Source(KIND.name, revisions(), total, asdict(choice), said, boards)


def _reopen(wiki: Wiki, parameters: Mapping[str, Any]) -> Source:
    return live_wiki(wiki, PageChoice(**parameters))


# Archives have imports stored with this name: another one would need them all renamed.
KIND = SourceKind("mediawiki", gettext_lazy("Live wiki (API)"), reopen=_reopen)


def _read(
    api: Api, wiki: Wiki, titles: Mapping[int, str], history: bool
) -> Iterator[tuple[int, PageRevision | Unusable]]:
    """What there is of some pages, each with its page id."""
    wanted: list[WantedRevision] = []
    kept = _kept(wiki, titles)
    redirects = Redirects(wiki) if history else None
    for number, page in _ask_for_pages(api, titles).items():
        title = named_title(page.title or titles[number])
        if page.redirect and not history:
            yield number, _redirecting(title)
        elif unusable := _unusable(page, title):
            yield number, unusable
        elif history:
            all_of_it = _history(api, number, title, page.lastrevid)
            wanted += [each for each in all_of_it if each.last or each.key not in kept]
        elif page.lastrevid:
            wanted.append(WantedRevision(number, title, page.lastrevid, page.length, last=True))
    for some in batches(wanted, weight=lambda each: each.size, heaviest=HEAVIEST):
        fetched = _fetch(api, [each.number for each in some if each.key not in kept])
        for each in some:
            if each.key in kept:
                found: PageRevision | Unusable = _from_archive(wiki, each)
            else:
                found = _revision(each, fetched.get(each.number))
            text = found.text if isinstance(found, PageRevision) else ""
            if not (redirects and redirects.target(text)):
                yield each.page, found
            elif each.last:
                yield each.page, _redirecting(each.title)


def _kept(wiki: Wiki, numbers: Mapping[int, str]) -> set[tuple[int, int]]:
    """The page and revision ids of all that the archive knows of pages with these page ids."""
    of_pages = Revision.objects.filter(
        page__wiki__dbname=wiki.dbname, page__number__in=list(numbers)
    )
    revisions = of_pages.exclude(parent_number=None)  # earlier archives know of no edit
    pairs = revisions.values_list("page__number", "number")
    return {(page, number) for page, number in pairs if page and number}


def _ask_for_pages(api: Api, titles: Mapping[int, str]) -> dict[int, Info]:
    """By page id and in that order, what the wiki says of the pages."""
    told = {
        page.pageid: page
        for part in api.query(Pages, prop="info", pageids=several(titles))
        for page in part.pages
    }
    return {number: told.get(number, Info(missing=True)) for number in titles}


def _unusable(page: Info, title: str) -> Unusable | None:
    if page.missing:
        reason = _("This page has been deleted on the wiki. The archived copy is kept.")
        return Unusable(title, reason, failed=False)
    if page.special or page.invalid or page.lastrevid is None:
        return Unusable(title, _("Special pages cannot be imported."))
    return _other_model(title, page.contentmodel)


def _redirecting(title: str) -> Unusable:
    reason = _("This page is now a redirect. The archived copy is kept.")
    return Unusable(title, reason, failed=False)


def _other_model(title: str, model: str) -> Unusable | None:
    if model == "wikitext":
        return None
    reason = _("Content model “%s” is not supported (only wikitext).")
    return Unusable(title, reason % one_line(model, SHOWN), failed=False, model=model)


def _history(api: Api, page: int, title: str, last: int | None) -> Iterator[WantedRevision]:
    """All of a page's revisions, oldest first; the wiki tells them of one page at a time."""
    question = {"prop": "revisions", "rvprop": "ids|size", "rvdir": "newer", "rvlimit": "max"}
    told = 0
    for part in api.query(Histories, pageids=page, **question):
        for each in chain.from_iterable(page.revisions for page in part.pages):
            told += 1
            if told > MOST_REVISIONS:
                raise SourceBroke(
                    _("“%(title)s” has more than %(most)s revisions. Import a dump instead.")
                    % {"title": title, "most": MOST_REVISIONS}
                )
            yield WantedRevision(page, title, each.revid, each.size, each.revid == last)


def _fetch(api: Api, numbers: Sequence[int]) -> dict[int, FetchedRevision]:
    """By revision id, what the wiki says of revisions, with their text and page."""
    if not numbers:
        return {}
    question = {"prop": "revisions", "rvprop": FIELDS, "rvslots": "main"}
    return {
        revision.revid: FetchedRevision(page.pageid, page.title, revision)
        for part in api.query(Texts, revids=several(numbers), **question)
        for page in part.pages
        for revision in page.revisions
    }


def _revision(wanted: WantedRevision, told: FetchedRevision | None) -> PageRevision | Unusable:
    if told is None:
        reason = _("Revision %s was deleted during the import. Import the page again.")
        return Unusable(wanted.title, reason % wanted.number, failed=wanted.last)
    main = told.revision.main
    if main.content is None:
        reason = _("The text of revision %s is hidden or missing on the wiki.")
        return Unusable(wanted.title, reason % wanted.number, failed=wanted.last)
    if other := _other_model(wanted.title, main.contentmodel):
        return other if wanted.last else replace(other, model="")  # what it became counts
    try:
        title = given_title(told.title)
        text = clean(main.content, title) if main.content.strip() else ""
    except BadInput as error:
        return Unusable(wanted.title, str(error))
    given = told.revision
    edit = clean_edit(
        given.user,
        given.comment,
        minor=given.minor,
        user_hidden=given.userhidden,
        summary_hidden=given.commenthidden,
        parent_number=given.parentid,
    )
    return PageRevision(title, text, wanted.number, given.timestamp, told.page, edit=edit)


def _from_archive(wiki: Wiki, wanted: WantedRevision) -> PageRevision:
    """A kept revision, under the title that its page has now."""
    kept = Revision.objects.get(page__wiki=wiki, page__number=wanted.page, number=wanted.number)
    saved = kept.number, kept.timestamp
    return PageRevision(wanted.title, kept.text, *saved, wanted.page, edit=kept.edit)


def _offer(archives: Sequence[str]) -> str:
    return ngettext(
        "%(count)s archive page is not included: %(titles)s.",
        "%(count)s archive pages are not included: %(titles)s.",
        len(archives),
    ) % {"count": len(archives), "titles": ", ".join(archives)}
