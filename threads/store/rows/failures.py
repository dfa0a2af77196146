"""Which corrections could not be applied to the text that readers see of a page."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Coalesce

from threads.models import Comment, Repair, RepairFailure, Revision, TalkPage
from threads.models.discussion.comments import comment_identity

from .repairs import Outcome


def fresh_failures(
    page: TalkPage, revision: Revision, outcomes: Iterable[Outcome]
) -> list[RepairFailure]:
    """The rows of those that failed on a page; unsaved."""
    return [
        RepairFailure(repair=each.repair, page=page, since=revision.saved_at, why=each.why)
        for each in outcomes
        if each.why
    ]


def keep_failures(page: TalkPage, revision: Revision, outcomes: Iterable[Outcome]) -> None:
    """Let the table hold those that fail on a page from this revision on, and none that were
    applied to it; in the caller's transaction. No query, where that is as it was.

    In: outcomes as `repaired` gives them. What is about a comment that has left the page goes on
    holding, or not, for the row that the comment had: so the first reason is kept.
    """
    fresh, ended = [], []
    for each in outcomes:
        kept = each.repair.failed_why
        if each.why and not kept:
            fresh.append(each)
        elif kept and not each.why:
            ended.append(each.repair.pk)
        elif each.why != kept and each.why not in RepairFailure.LEFT:
            of_page = RepairFailure.objects.filter(page=page, repair=each.repair)
            of_page.update(why=each.why)
    if ended:
        RepairFailure.objects.filter(page=page, repair__in=ended).delete()
    RepairFailure.objects.bulk_create(fresh_failures(page, revision, fresh))


def fail_elsewhere(repair: Repair) -> None:
    """A correction that was just made is applied to other pages that have its comment when they are
    read again; until then it is not in effect there. Two queries at most."""
    if not repair.name:
        return
    revision = "page__current_revision__"
    saved = Coalesce(F(f"{revision}timestamp"), F(f"{revision}imported_at"))
    others = Comment.objects.current().with_names([repair.name]).exclude(page=repair.page_id)
    rows = others.filter(page__wiki=repair.page.wiki_id).values_list("page", "name", "text", saved)
    meant = comment_identity(repair.name, repair.text)
    since = {page: time for page, name, text, time in rows if comment_identity(name, text) == meant}
    RepairFailure.objects.bulk_create(
        RepairFailure(repair=repair, page_id=page, since=time, why=RepairFailure.Why.UNREAD)
        for page, time in since.items()
    )
