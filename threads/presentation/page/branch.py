"""The replies to one comment, fetched when a reader opens a long branch."""

from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import Comment, TalkPage, UnsignedText
from threads.presentation.addresses.patterns import CommentAddresses
from threads.presentation.comment.corrections import corrected_among
from threads.presentation.people.speakers import hues_of
from threads.presentation.texts.links import resolve_links

from .context import RowsContext
from .layout import Layout
from .rows import END_OF_BRANCH, BranchRow


def branch_of(page: TalkPage, ident: str) -> RowsContext:
    """The rows that take the place of a folded line. Raises Http404 for an unknown id."""
    comments = Comment.objects.current().filter(page=page)
    found = comments.select_related("section").filter(ident=ident)
    root = found.first()
    if root is None:
        raise Http404(_("This comment is no longer on the page."))
    thread = (
        comments.filter(position__lte=root.last_position, last_position__gte=root.position)
        .select_related("author")
        .in_order()
    )
    above = [comment for comment in thread if comment.position <= root.position]
    replies = [comment for comment in thread if comment.position > root.position]
    texts = UnsignedText.objects.current().below(root).select_related("author").in_order()
    unsigned = list(texts)
    resolve_links(page.wiki, replies, unsigned, here=page)
    layout = Layout(
        page,
        replies,
        unsigned=unsigned,
        boxed=[root.section],
        above=above,
        whole=True,
        hues=hues_of(page),
    )
    summary = layout.statistics.summary(root)
    rows = [BranchRow(root, summary, here=True), *layout.rows(), END_OF_BRANCH]
    return RowsContext(
        page=page,
        wiki=page.wiki,
        zone=layout.zone,
        clock=layout.statistics.clock,
        addresses=CommentAddresses(page.wiki.dbname, page.title),
        rows=rows,
        corrected=corrected_among(page.wiki, replies),
    )
