"""Comments as entries of a feed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from threads.models import Comment
from threads.presentation.comment.permalinks import address_of
from threads.presentation.people.speakers import Person
from threads.presentation.streams.parts import Part, comments_of
from threads.presentation.texts.links import resolve_links
from threads.presentation.texts.xml import in_xml
from threads.presentation.times.dates import signed_at, zone_of
from threads.privacy.rules.asked import taken_down_at

from .atom import permanent_id


def entries_of(part: Part, root: str, host: str) -> list[dict[str, Any]]:
    """What `AtomFeed.add_item` takes, for each comment of a part. Five queries.

    In: the beginning of the archive's addresses ("https://talk.example.org"), and its host.
    """
    comments = comments_of(part)
    resolve_links(None, comments, root=root)
    taken_down = taken_down_at(comments)
    return [_entry(comment, root, host, taken_down.get(comment.pk)) for comment in comments]


def _entry(comment: Comment, root: str, host: str, taken_down: datetime | None) -> dict[str, Any]:
    page = comment.page
    person = Person.named(comment.author.name, page.wiki.dbname)
    published = signed_at(comment, zone_of(page.wiki))
    answered = comment.parent
    if answered:
        answered.page = page
    return {
        "title": in_xml(_title(comment)),
        "link": root + address_of(comment),
        "description": None,
        "author_name": in_xml(person.name),
        "author_link": root + person.url,
        "pubdate": published,
        "updateddate": max(filter(None, (published, comment.changed_at, taken_down))),  # type: ignore[attr-defined]
        "unique_id": permanent_id(host, "comment", comment.pk),
        "item_copyright": rights(),
        "answered": (permanent_id(host, "comment", answered.pk), root + address_of(answered))
        if answered
        else None,
        "replies": comment.descendants,
        "html": in_xml(comment.html),
        "language": page.wiki.language,
    }


def _title(comment: Comment) -> str:
    names = {
        "author": comment.author.name,
        "topic": comment.section.title,
        "page": comment.page.title,
    }
    if not comment.section.title:
        return _("%(author)s on %(page)s") % names
    return _("%(author)s in “%(topic)s” on %(page)s") % names


def rights() -> str:
    """Under what license comments are, as a sentence."""
    words = _("The comments are their authors' work, available under %(license)s.")
    return words % {"license": in_xml(settings.RIGHTS_TEXT)}
