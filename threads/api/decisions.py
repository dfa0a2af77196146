"""Addresses of decided topics, as detected from the wikitext."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from threads.http.canonical import root_of
from threads.models import DecidedTopic, TalkPage, Wiki
from threads.models.discussion.dating import NEVER
from threads.presentation.addresses.finding import find_wiki
from threads.presentation.keyset import slice_of
from threads.presentation.outcomes.register import LATEST_FIRST, RegisterQuery
from threads.presentation.outcomes.shown import shows_decisions
from threads.presentation.streams.parts import UnknownKey, key_in

from .reading import After, Limit, going_on, reads
from .schemas import Listing

router = Router(tags=["Decisions"])


class DecisionAnswer(Schema):
    """A topic that was decided."""

    title: str = Field(description="Its page.")
    id: str = Field(description="DiscussionTools' id of its heading.")
    text: str = Field(description="Its heading.")
    outcome: str = Field(description="The words of the page; empty where it has none.")
    by: str | None = Field(description="Who decided, where the page says so.")
    when: datetime | None = Field(description="When, where the page says so.")
    comment: str | None = Field(description="The id of the comment that says so.")
    sources: list[str] = Field(description="What it was detected from.")
    last_comment: datetime | None = Field(description="When its newest comment was signed.")
    url: str


class Decisions(Listing):
    """Decided topics, the one with the newest comment first."""

    decisions: list[DecisionAnswer]


@reads(router, "/wikis/{slug:wiki}/decisions", Decisions)
def decisions(
    request: HttpRequest,
    wiki: str,
    source: Annotated[
        DecidedTopic.Source | None, Query(None, description="Only those detected from this.")
    ],
    by: Annotated[str, Query("", description="Only those that this user decided.")],
    year: Annotated[int | None, Query(None, ge=1, le=9999, description="Only those of this year.")],
    after: After,
    limit: Limit,
) -> dict[str, Any]:
    """List decided topics of a wiki, as detected from the wikitext.

    The list is not complete. It is empty where the archive does not show decisions of this wiki.
    """
    found = find_wiki(wiki)
    if not shows_decisions(found):
        return {"decisions": []}
    query = RegisterQuery.of({"source": source or "", "by": by, "year": str(year or "")})
    wanted = query.chosen(DecidedTopic.objects.filter(wiki=found))
    shown = slice_of(
        wanted.select_related("section").defer("section__html"),
        LATEST_FIRST,
        limit,
        after=_last_one(found, after),
    )
    pages = TalkPage.objects.in_bulk({topic.page_id for topic in shown.rows})
    root = root_of(request)
    answers = [_answer(topic, found, pages[topic.page_id], root) for topic in shown.rows]
    return {"decisions": answers, **going_on(shown.after)}


def _last_one(wiki: Wiki, after: str) -> DecidedTopic | None:
    """The topic behind which a list goes on. Raises UnknownKey."""
    if not after:
        return None
    topic = DecidedTopic.objects.filter(wiki=wiki, pk=key_in(after)).first()
    if topic is None:
        raise UnknownKey(after)
    return topic


def _answer(topic: DecidedTopic, wiki: Wiki, page: TalkPage, root: str) -> dict[str, Any]:
    section = topic.section
    section.page, page.wiki = page, wiki
    told = {
        "title": page.title,
        "id": section.ident,
        "text": section.heading,
        "last_comment": None if topic.last_at == NEVER else topic.last_at,
        "url": root + section.get_absolute_url(),
    }
    return told | (decision_answer(section.decision) or {})


def decision_answer(decision: dict[str, Any] | None) -> dict[str, Any] | None:
    """A section's decision, as an answer has it; None where it has none."""
    if decision is None:
        return None
    return {
        "outcome": decision["outcome"],
        "by": decision["by"] or None,
        "when": decision["when"] or None,
        "comment": decision["comment"] or None,
        "sources": decision["sources"],
    }
