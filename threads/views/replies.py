"""The replies to one comment, fetched when a reader opens a long branch."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from threads.models import Comment, Reply, TalkPage, UnsignedText
from threads.presentation.layout import Layout
from threads.presentation.links import lead_links
from threads.presentation.rows import END_OF_BRANCH, BranchRow


def branch(request: HttpRequest, page: TalkPage, ident: str) -> HttpResponse:
    """The fragment that takes the place of a folded line. Raises Http404 for an unknown id."""
    comments = Comment.objects.current().filter(page=page)
    found = comments.select_related("section").filter(ident=ident)
    root = found.first()
    if root is None:
        raise Http404(_("This comment is not on the page."))
    above = comments.filter(position__lte=root.position, last_position__gte=root.position)
    replies = list(Reply.objects.current().below(root).select_related("author").in_order())
    unsigned = list(UnsignedText.objects.current().below(root).in_order())
    lead_links(page.wiki, replies, unsigned, here=page)
    layout = Layout(
        page,
        replies,
        unsigned=unsigned,
        boxed=[root.section],
        above=list(above.select_related("author").in_order()),
        whole=True,
    )
    rows = [BranchRow(root, layout.company.summary(root), here=True), *layout.rows(), END_OF_BRANCH]
    context = {"rows": rows, "page": page, "wiki": page.wiki, "zone": layout.zone}
    return render(request, "threads/_rows.html", context)
