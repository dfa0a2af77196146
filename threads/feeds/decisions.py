"""Decided topics as entries of a feed."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from threads.models.discussion.dating import NEVER as NO_TIME
from threads.models.discussion.dating import latest_of
from threads.presentation.outcomes.register import RegisterEntry
from threads.presentation.texts.xml import in_xml

from .atom import NEVER, permanent_id
from .entries import rights


def decisions_of(entries: Iterable[RegisterEntry], root: str, host: str) -> list[dict[str, Any]]:
    """What `AtomFeed.add_item` takes, for each decided topic of a register. No query.

    In: the beginning of the archive's addresses ("https://talk.example.org"), and its host. A
    decision is by the wiki where its page does not say by whom.
    """
    return [_entry(entry, root, host) for entry in entries]


def _entry(entry: RegisterEntry, root: str, host: str) -> dict[str, Any]:
    topic, outcome = entry.topic, entry.outcome
    page, person = topic.page, outcome.person
    when = [outcome.when] if outcome.when else []
    title = _("“%(topic)s” on %(page)s") % {"topic": topic.section.title, "page": page.title}
    return {
        "title": in_xml(title),
        "link": root + topic.section.get_absolute_url(),
        "description": None,
        "author_name": in_xml(person.name if person else str(page.wiki)),
        "author_link": root + (person.url if person else reverse("wiki", args=[page.wiki.dbname])),
        "pubdate": outcome.when,
        "updateddate": topic.last_at if topic.last_at > NO_TIME else latest_of(when) or NEVER,
        "unique_id": permanent_id(host, "decision", topic.pk),
        "item_copyright": rights(),
        "answered": None,
        "replies": 0,
        "html": in_xml(linebreaks(outcome.words or outcome.status, autoescape=True)),
        "language": page.wiki.language,
    }
