"""Pages that carry a comment which was corrected, read again from what is kept of them."""

from collections.abc import Collection, Iterable

from threads.models import Comment, Repair, TalkPage
from threads.models.discussion.comments import CommentQuerySet

from .authors import author_keys
from .revisions import facts_of
from .rows.names import author_name
from .rows.reading import read_text
from .rows.repairs import repaired
from .storing import Stored, store_page

MOST = 100  # other pages, and rows of comments that left their page, that are read at once


def reparse(page: TalkPage) -> Stored:
    """Make a page's rows anew from its current revision.

    What a comment was called before goes on leading to it. Raises ValueError where there is
    no revision.
    """
    revision = page.current_revision
    if revision is None:
        raise ValueError(f"{page} has no revision to read.")
    text = revision.text
    return store_page(page.wiki, read_text(page.wiki, page.title, text), text, facts_of(revision))


def read_elsewhere(repairs: Iterable[Repair]) -> list[TalkPage]:
    """After corrections were made, undone or taken away: read the other pages again that carry
    their comments, and set right who signed those that have left a page; in the caller's
    transaction. In: with their pages. Out: those pages.

    At most MOST of either; on other pages, what was made is not in effect before they are read.
    """
    of_comments = [each for each in repairs if each.name]
    if not of_comments:
        return []
    rows = Comment.objects.filter(page__wiki__in={each.page.wiki_id for each in of_comments})
    carried = rows.current().with_names({each.name for each in of_comments})
    carried = carried.exclude(page__in={each.page_id for each in of_comments})
    keys = carried.order_by("page").values_list("page", flat=True).distinct()
    others = TalkPage.objects.filter(pk__in=list(keys[:MOST])).order_by("pk")
    pages = list(others.select_related("wiki", "current_revision"))
    for each in pages:
        reparse(each)
    signed = {each.name for each in of_comments if each.kind == Repair.Kind.AUTHOR}
    _set_signers_right(rows, signed)
    return pages


def _set_signers_right(rows: CommentQuerySet, names: Collection[str]) -> None:
    """Let rows of comments that left their page be by who signed them in the revision that had them
    last, as that is corrected now."""
    if not names:
        return
    left = rows.filter(is_current=False).with_names(names)
    for row in left.select_related("page__wiki", "revision").order_by("pk")[:MOST]:
        page, text = row.page, row.revision.text
        parsed, _outcomes = repaired(page, read_text(page.wiki, page.title, text), text)
        signers = {each.author for each in parsed.comments if each.name == row.name}
        if len(signers) == 1:
            name = author_name(signers.pop())
            row.author_id = author_keys(page.wiki, {name})[name]
            row.save(update_fields=["author"])
