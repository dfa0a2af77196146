"""What editors of the archive corrected in how comments were read, as readers are told of it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from threads.models import Comment, Repair, RepairFailure, UnsignedText, Wiki
from threads.models.discussion.comments import comment_identity, single_spaced
from threads.presentation.outcomes.positions import position_label


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a correction is not in effect."""

    since: datetime  # when the revision was saved from which it could not be applied
    why: str  # as a clause


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that was corrected."""

    number: int  # its primary key
    kind: str  # as Repair has it
    said: str  # what was changed to what, as a sentence
    who: str  # the editor's account; "" where it is gone
    when: datetime
    note: str  # for other editors
    lapse: Lapse | None  # None where it is in effect


Place = tuple[int, str]  # the primary key of a page, and the id of a comment on it


def corrections_of(item: Comment | UnsignedText) -> list[Correction]:
    """All of one item that were not undone, oldest first. One query."""
    if isinstance(item, Comment):
        made = all_corrections(item.page.wiki, [item], gone=() if item.is_current else [item])
        return made.get((item.page_id, item.ident), [])
    of_page = Repair.objects.active().filter(page=item.page_id, name="")
    found = of_page.select_related("made_by").with_failures([item.page_id])
    words = single_spaced(item.text)
    return [
        _told(repair, item, [repair]) for repair in found if single_spaced(repair.text) == words
    ]


def corrections_made(item: Comment | UnsignedText) -> list[Correction]:
    """Those that are in effect for one item, oldest first. One query."""
    return [each for each in corrections_of(item) if each.lapse is None]


def corrections_by_comment(
    wiki: Wiki, comments: Sequence[Comment], failed: Container[int] | None = None
) -> dict[Place, list[Correction]]:
    """Those in effect for comments of a wiki's pages, by page and the comment's id, oldest first.
    One query, whatever the number of comments; they have to have their texts.

    In: of comments as they stood in an earlier revision, the keys of the corrections that could not
    be applied to that.
    """
    found = {}
    for place, made in all_corrections(wiki, comments).items():
        if failed is None:
            told = [each for each in made if each.lapse is None]
        else:
            told = [each for each in made if each.number not in failed]
        if told:
            found[place] = told
    return found


def all_corrections(
    wiki: Wiki, comments: Sequence[Comment], gone: Iterable[Comment] = ()
) -> dict[Place, list[Correction]]:
    """The same with those that are not in effect now.

    In: `gone`, those of the comments that stand on no page: an editor may have merged them with
    another.
    """
    names = {comment.name for comment in comments}
    about = Q(name__in=names) | Q(value__part__in=names)
    parts = {(comment.page_id, comment.ident) for comment in gone}
    if parts:
        about |= Q(value__with__in={ident for _page, ident in parts})
    # All wikis' corrections, which are few, are looked through sooner than one wiki's pages.
    known = Repair.objects.active().filter(about).select_related("made_by", "page")
    rows = known.defer("page__months").with_failures({comment.page_id for comment in comments})
    by_key: defaultdict[int, list[Repair]] = defaultdict(list)  # one for each page where it failed
    called: defaultdict[str, set[int]] = defaultdict(set)  # their keys by a name or an id
    for repair in rows:
        if repair.page.wiki_id == wiki.pk:
            by_key[repair.pk].append(repair)
            told = (repair.value.get(key, "") for key in ("part", "with"))
            for name in {repair.name, *told} - {""}:
                called[name].add(repair.pk)
    made = {}
    for comment in comments:
        known_by = {comment.name, comment.ident} & called.keys()
        keys = sorted({key for name in known_by for key in called[name]})
        about_it = [by_key[key] for key in keys if _is_about(by_key[key][0], comment, parts)]
        if about_it:
            place = comment.page_id, comment.ident
            made[place] = [_told(each[0], comment, each) for each in about_it]
    return made


def corrected_among(
    wiki: Wiki, comments: Sequence[Comment], failed: Container[int] | None = None
) -> dict[str, str]:
    """What was corrected of comments of one page, as sentences, by the comment's id. One query.
    In: `failed` as above."""
    made = corrections_by_comment(wiki, comments, failed)
    return {
        ident: " ".join(correction.said for correction in each)
        for (_page, ident), each in made.items()
    }


def _is_about(repair: Repair, comment: Comment, parts: Container[Place]) -> bool:
    """Whether a correction is about a comment; what the comment has of its name's others is
    theirs. In: the places of those that may be a part of another comment."""
    if repair.value.get("part") == comment.name:
        return True
    place = comment.page_id, comment.ident
    if (repair.page_id, repair.target) == place:
        return True
    if (repair.page_id, repair.value.get("with")) == place and place in parts:
        return True
    return comment_identity(repair.name, repair.text) == comment.identity


def _told(repair: Repair, item: Comment | UnsignedText, failing: Iterable[Repair]) -> Correction:
    """In: the correction once for each page on which it could not be applied."""
    return Correction(
        number=repair.pk,
        kind=repair.kind,
        said=_SAYING[Repair.Kind(repair.kind)](repair.value),
        who=repair.made_by.get_username() if repair.made_by else "",
        when=repair.made_at,
        note=repair.note,
        lapse=next(
            (_lapse(each, item) for each in failing if each.failed_on == item.page_id), None
        ),
    )


def _lapse(repair: Repair, item: Comment | UnsignedText) -> Lapse | None:
    """In: a correction that could not be applied to the item's page. What left the page itself
    stays as it was read last, and so does what was corrected of it."""
    if repair.failed_since is None or repair.failed_why is None:
        return None
    why = RepairFailure.Why(repair.failed_why)
    if why in RepairFailure.LEFT and not item.is_current:
        return None
    return Lapse(repair.failed_since, str(why.label))


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
    names = {
        "old": position_label(value.get("was_stance", ""), value.get("was", "")),
        "new": position_label(value["stance"], value.get("word", "")),
    }
    if not names["new"]:
        return _("Detected position removed: %(old)s.") % names
    if not names["old"]:
        return _("Position set to %(new)s.") % names
    return _("Position corrected from %(old)s to %(new)s.") % names


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
