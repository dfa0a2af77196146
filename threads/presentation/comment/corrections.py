"""What editors of the archive corrected in how comments were read, as readers are told of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from threads.models import Comment, Repair, UnsignedText, Wiki
from threads.models.discussion.comments import comment_identity, single_spaced


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that was corrected."""

    number: int  # its primary key
    kind: str  # as Repair has it
    said: str  # what was changed to what, as a sentence
    who: str  # the editor's account; "" where it is gone
    when: datetime
    note: str  # for other editors


def corrections_made(item: Comment | UnsignedText) -> list[Correction]:
    """All that are in effect for one item, oldest first. One query."""
    if isinstance(item, Comment):
        return corrections_by_comment(item.page.wiki, [item]).get((item.page_id, item.ident), [])
    repairs = Repair.objects.active().filter(page=item.page_id, name="")
    words = single_spaced(item.text)
    found = repairs.select_related("made_by")
    return [_told(repair) for repair in found if single_spaced(repair.text) == words]


def corrections_by_comment(
    wiki: Wiki, comments: Sequence[Comment]
) -> dict[tuple[int, str], list[Correction]]:
    """Those in effect for comments of a wiki's pages, by page and the comment's id, oldest first.
    One query, whatever the number of comments; they have to have their texts."""
    names = {comment.name for comment in comments}
    about = Q(name__in=names) | Q(value__part__in=names)
    if gone := {comment.ident for comment in comments if not comment.is_current}:
        about |= Q(value__with__in=gone)  # they are a part of another one
    # All wikis' corrections, which are few, are looked through sooner than one wiki's pages.
    known = Repair.objects.active().filter(about).select_related("made_by", "page")
    called: defaultdict[str, list[Repair]] = defaultdict(list)  # by a name or an id
    for repair in known.defer("page__months"):
        told = (repair.value.get(key, "") for key in ("part", "with"))
        for name in {repair.name, *told} - {""}:
            if repair.page.wiki_id == wiki.pk:
                called[name].append(repair)
    found = {
        (comment.page_id, comment.ident): _of(
            comment, [*called.get(comment.name, ()), *called.get(comment.ident, ())]
        )
        for comment in comments
    }
    return {place: made for place, made in found.items() if made}


def corrected_among(wiki: Wiki, comments: Sequence[Comment]) -> dict[str, str]:
    """What was corrected of comments of one page, as sentences, by the comment's id. One query."""
    made = corrections_by_comment(wiki, comments)
    return {
        ident: " ".join(correction.said for correction in each)
        for (_page, ident), each in made.items()
    }


def _of(comment: Comment, repairs: Iterable[Repair]) -> list[Correction]:
    """Those of these corrections that are about a comment; what it has of its name's others is
    theirs."""
    return [_told(repair) for repair in repairs if _is_about(repair, comment)]


def _is_about(repair: Repair, comment: Comment) -> bool:
    if repair.value.get("part") == comment.name:
        return True
    # What it was merged with stands there no more.
    merged = "" if comment.is_current else repair.value.get("with", "")
    if repair.page_id == comment.page_id and comment.ident in (repair.target, merged):
        return True
    return comment_identity(repair.name, repair.text) == comment.identity


def _told(repair: Repair) -> Correction:
    return Correction(
        number=repair.pk,
        kind=repair.kind,
        said=_SAYING[Repair.Kind(repair.kind)](repair.value),
        who=repair.made_by.get_username() if repair.made_by else "",
        when=repair.made_at,
        note=repair.note,
    )


def _author(value: dict[str, Any]) -> str:
    names = {"old": value.get("was", ""), "new": value["author"]}
    if not names["old"]:
        return _("Author corrected to “%(new)s”.") % names
    return _("Author corrected from “%(old)s” to “%(new)s”.") % names


def _parent(value: dict[str, Any]) -> str:
    old, new = value.get("was_by", ""), value.get("new_by", "")
    if "was" not in value:
        return _("What this replies to was corrected.")
    if old and new:
        said = _("Corrected from a reply to “%(old)s” to a reply to “%(new)s”.")
    elif old:
        said = _("Corrected from a reply to “%(old)s” to a reply to the topic.")
    else:
        said = _("Corrected from a reply to the topic to a reply to “%(new)s”.")
    return said % {"old": old, "new": new}


def _split(value: dict[str, Any]) -> str:
    if value.get("author"):
        return _("Split into two parts, one of them by “%(name)s”.") % {"name": value["author"]}
    return _("Split into two parts.")


def _join(value: dict[str, Any]) -> str:
    return _("Merged with the text next to it.")


def _position(value: dict[str, Any]) -> str:
    names = {"old": value.get("was", ""), "new": value.get("word") or value["stance"]}
    if not names["new"]:
        return _("The detected position “%(old)s” was removed.") % names
    if not names["old"]:
        return _("Position set to “%(new)s”.") % names
    return _("Position corrected from “%(old)s” to “%(new)s”.") % names


def _decision(value: dict[str, Any]) -> str:
    return _("The detected decision of this topic was removed.")


_SAYING = {
    Repair.Kind.AUTHOR: _author,
    Repair.Kind.PARENT: _parent,
    Repair.Kind.SPLIT: _split,
    Repair.Kind.JOIN: _join,
    Repair.Kind.POSITION: _position,
    Repair.Kind.DECISION: _decision,
}
