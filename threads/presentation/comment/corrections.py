"""What editors of the archive corrected in how comments were read, as readers are told of it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
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
        gone = () if item.is_current else [item]
        made = corrections_by_comment(item.page.wiki, [item], gone)
        return made.get((item.page_id, item.ident), [])
    repairs = Repair.objects.active().filter(page=item.page_id, name="")
    words = single_spaced(item.text)
    found = repairs.select_related("made_by")
    return [_told(repair) for repair in found if single_spaced(repair.text) == words]


def corrections_by_comment(
    wiki: Wiki, comments: Sequence[Comment], gone: Iterable[Comment] = ()
) -> dict[tuple[int, str], list[Correction]]:
    """Those in effect for comments of a wiki's pages, by page and the comment's id, oldest first.
    One query, whatever the number of comments; they have to have their texts.

    In: `gone`, those of them that stand on no page: an editor may have merged them with another.
    """
    names = {comment.name for comment in comments}
    about = Q(name__in=names) | Q(value__part__in=names)
    parts = {(comment.page_id, comment.ident) for comment in gone}
    if parts:
        about |= Q(value__with__in={ident for _page, ident in parts})
    # All wikis' corrections, which are few, are looked through sooner than one wiki's pages.
    known = Repair.objects.active().filter(about).select_related("made_by", "page")
    called: defaultdict[str, list[Repair]] = defaultdict(list)  # by a name or an id
    for repair in known.defer("page__months"):
        told = (repair.value.get(key, "") for key in ("part", "with"))
        for name in {repair.name, *told} - {""}:
            if repair.page.wiki_id == wiki.pk:
                called[name].append(repair)
    made = {}
    for comment in comments:
        known_by = {comment.name, comment.ident} & called.keys()
        about_it = [each for name in known_by for each in called[name]]
        about_it.sort(key=attrgetter("pk"))
        if told_of := _of(comment, about_it, parts):
            made[comment.page_id, comment.ident] = told_of
    return made


def corrected_among(wiki: Wiki, comments: Sequence[Comment]) -> dict[str, str]:
    """What was corrected of comments of one page, as sentences, by the comment's id. One query."""
    made = corrections_by_comment(wiki, comments)
    return {
        ident: " ".join(correction.said for correction in each)
        for (_page, ident), each in made.items()
    }


def _of(
    comment: Comment, repairs: Iterable[Repair], parts: Container[tuple[int, str]]
) -> list[Correction]:
    """Those of these corrections that are about a comment; what it has of its name's others is
    theirs. In: the pages and ids of those that may be a part of another comment."""
    return [_told(repair) for repair in repairs if _is_about(repair, comment, parts)]


def _is_about(repair: Repair, comment: Comment, parts: Container[tuple[int, str]]) -> bool:
    if repair.value.get("part") == comment.name:
        return True
    place = comment.page_id, comment.ident
    if (repair.page_id, repair.target) == place:
        return True
    if (repair.page_id, repair.value.get("with")) == place and place in parts:
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
