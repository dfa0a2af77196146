"""Where decided topics are: in a wiki, on a page, in a collection."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse

from threads.models import Collection, DecidedTopic, TalkPage, Wiki
from threads.presentation.addresses.finding import find_collection, find_wiki
from threads.presentation.keyset import Order

from .register import LATEST_FIRST
from .shown import shows_decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPlace:
    """What has a register of decided topics."""

    title: str  # what a reader calls it
    address: str  # of its register
    topics: QuerySet[DecidedTopic]  # that readers are shown …
    order: Order = LATEST_FIRST  # … and their order, which has an index
    is_shown: bool = True  # False where the archive's editors switched decisions off
    wiki: Wiki | None = None  # whose topics they are, or whose page's …
    page: TalkPage | None = None
    collection: Collection | None = None  # … or else the collection's


def of_wiki(dbname: str) -> DecisionPlace:
    """A wiki. One query. Raises Http404."""
    wiki = find_wiki(dbname)
    topics = DecidedTopic.objects.filter(wiki=wiki)
    is_shown = shows_decisions(wiki)
    return DecisionPlace(
        title=str(wiki),
        address=reverse("wiki-decisions", args=[dbname]),
        topics=topics if is_shown else topics.none(),
        is_shown=is_shown,
        wiki=wiki,
    )


def of_page(page: TalkPage) -> DecisionPlace:
    """A talk page that has its wiki. No query."""
    topics = DecidedTopic.objects.filter(page=page)
    is_shown = shows_decisions(page.wiki)
    return DecisionPlace(
        title=page.title,
        address=reverse("page-decisions", args=[page.wiki.dbname, page.title]),
        topics=topics if is_shown else topics.none(),
        is_shown=is_shown,
        wiki=page.wiki,
        page=page,
    )


def of_collection(slug: str) -> DecisionPlace:
    """A collection: the topics of those wikis that show theirs. Two queries. Raises Http404."""
    collection = find_collection(slug)
    hidden = [wiki for wiki in Wiki.objects.all() if not shows_decisions(wiki)]
    topics = DecidedTopic.objects.filter(collected__collection=collection)
    topics = topics.annotate(
        collected_at=F("collected__last_at"), collected_key=F("collected__topic")
    )
    return DecisionPlace(
        title=str(collection),
        address=reverse("collection-decisions", args=[slug]),
        topics=topics.exclude(wiki__in=hidden),
        order=("-collected_at", "-collected_key"),
        collection=collection,
    )
