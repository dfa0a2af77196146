"""What a rule would change, before it is saved: how much, and some of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from django.db.models import Q

from threads.models import Author, Collection, Comment, PrivacyRule, Revision, TalkPage
from threads.models.discussion.comment_ids import spellings_of
from threads.wikitext.redaction.redacting import Redaction

from .rules.holding import redaction_by

Kind = PrivacyRule.Kind
PATIENCE = 3.0  # seconds, after which the rest of the wiki is not looked at
EXCERPTS = 8
AROUND = 60  # characters, before what changes in a line


@dataclass(slots=True)
class Foreseen:
    """What a rule would change; of long histories, the versions that readers see are looked at."""

    pages: int = 0
    revisions: int = 0  # kept, of these pages
    comments: int = 0
    excerpts: list[tuple[str, str]] = field(default_factory=list)  # before and after
    is_whole: bool = True  # the whole wiki was looked at
    collections: list[str] = field(default_factory=list)  # with the name in their own texts
    takes_page: bool = False  # no other version of the page is left
    merged: bool = False  # the new name is another author's: both would be one …
    comments_of_other: int = 0  # … who has so many now


def foresee(rule: PrivacyRule) -> Foreseen:
    """In: a rule that is not saved."""
    match rule.kind:
        case Kind.COMMENT:
            return _of_comment(rule)
        case Kind.REVISION:
            revision = Revision.objects.select_related("page").get(pk=rule.known["revision"])
            others = revision.page.revisions.shown().exclude(pk=revision.pk)
            return Foreseen(1, 1, takes_page=not others.exists())
        case Kind.PAGE:
            page = TalkPage.objects.get(pk=rule.known["page"])
            return Foreseen(1, page.revisions.count(), page.comments.count())
    return _of_names(rule)


def _of_comment(rule: PrivacyRule) -> Foreseen:
    places = Comment.objects.with_names(spellings_of(rule.subject)).filter(page__wiki=rule.wiki)
    comments = list(places.only("text", "page"))
    pages = {comment.page_id for comment in comments}
    revisions = Revision.objects.filter(page__in=pages).count()
    texts = [(comment.text, "") for comment in comments[:EXCERPTS]]
    return Foreseen(len(pages), revisions, len(comments), texts)


def _of_names(rule: PrivacyRule) -> Foreseen:
    redaction = redaction_by(rule.wiki, [rule])
    seen, begin = Foreseen(), monotonic()
    pages = TalkPage.objects.filter(wiki=rule.wiki).exclude(current_revision=None)
    named = Q(comments__author__name=rule.subject) if rule.subject else Q()
    first = list(pages.filter(named).distinct().order_by("pk").values_list("pk", flat=True))
    others = pages.exclude(pk__in=first).order_by("pk").values_list("pk", flat=True)
    for key in [*first, *others]:
        if monotonic() - begin > PATIENCE:
            seen.is_whole = False
            break
        revision = pages.select_related("current_revision").get(pk=key).current_revision
        text = revision.text if revision else ""
        after = redaction.words(text)
        if after != text:
            seen.pages += 1
            seen.revisions += Revision.objects.filter(page=key).count()
            seen.excerpts += list(_changed(text, after))[: EXCERPTS - len(seen.excerpts)]
    seen.comments = _comments_by(rule, _names_changed(rule, redaction))
    if rule.subject:
        seen.merged = not rule.known["is_new"]
        seen.comments_of_other = _comments_by(rule, {rule.new_name}) if seen.merged else 0
        said = Q(title__icontains=rule.subject) | Q(introduction__icontains=rule.subject)
        seen.collections = [str(each) for each in Collection.objects.filter(said)]
    return seen


def _names_changed(rule: PrivacyRule, redaction: Redaction) -> set[str]:
    if rule.subject:
        return {rule.subject}
    addresses = Q(name__contains=".") | Q(name__contains=":")
    names = Author.objects.filter(addresses, wiki=rule.wiki).values_list("name", flat=True)
    return {name for name in names.iterator() if redaction.name(name) != name}


def _comments_by(rule: PrivacyRule, names: set[str]) -> int:
    authors = Author.objects.filter(wiki=rule.wiki, name__in=names)
    return Comment.objects.current().filter(author__in=authors).count()


def _changed(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The lines that change, from shortly before where they do."""
    for old, new in zip(before.splitlines(), after.splitlines(), strict=False):
        if old != new:
            same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
            start = max(0, same - AROUND)
            yield old[start : start + 3 * AROUND], new[start : start + 3 * AROUND]
