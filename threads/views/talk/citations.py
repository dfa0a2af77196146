"""A comment to pass on: its addresses, how to cite it, and how to quote it on a wiki."""

from dataclasses import dataclass
from datetime import tzinfo

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from threads.accounts.rights import is_logged_in, may_correct, may_log_in, may_take_down
from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import page_asked_for, parameters
from threads.models import Comment, TalkPage, Wiki
from threads.presentation.addresses.patterns import on_page
from threads.presentation.comment.citations import Citation, citation_of, quotes, wikitext_link
from threads.presentation.comment.corrections import corrections_made
from threads.presentation.comment.permalinks import address_of, find_comment
from threads.presentation.people.speakers import Person
from threads.presentation.times.dates import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteContext:
    """What `cite.html` and `_cite.html` are given."""

    comment: Comment  # that is passed on
    person: Person  # who signed it
    page: TalkPage  # where it stands
    wiki: Wiki  # the page's
    zone: tzinfo  # the wiki's
    address: str  # of the comment on its page
    on_page: str  # what stands behind the addresses of what can be done with it there
    citation: Citation  # what is said of it, in every form
    wikitext_link: str  # to the comment, for pages of its wiki
    quotes: list[str]  # as wikitext: within a line where it is one line, and as a block
    history_url: str  # of the page on the wiki, or ""
    may_correct: bool  # the reader is an editor, and the comment is on a page now
    may_log_in: bool  # nobody is logged in, who may be such an editor
    may_take_down: bool  # the reader may have it not shown


@vary_on_headers("HX-Request")
@kept("format", "page", apart=is_logged_in)
def cite(request: HttpRequest, dbname: str, ident: str) -> HttpResponse:
    """Everything with which to point at a comment; `format` "bibtex" or "csl" is that file.

    `page` is the title of the page where it is meant. Raises Http404 for any other format.
    """
    comment = find_comment(dbname, ident, page_asked_for(request))
    permalink = request.build_absolute_uri(reverse("comment", args=[comment.ident]))
    corrections = corrections_made(comment)
    citation = citation_of(comment, permalink, corrections)
    match parameters(request).get("format"):
        case "bibtex":
            response = HttpResponse(citation.bibtex(), content_type="application/x-bibtex")
            return _file(response, f"{citation.key}.bib")
        case "csl":
            media = "application/vnd.citationstyles.csl+json"
            response = JsonResponse(citation.csl(), safe=False, content_type=media)
            return _file(response, f"{citation.key}.json")
        case "" | None:
            return _page(request, comment, citation)
        case other:
            raise Http404(_("The format “%s” is not available.") % other)


def _page(request: HttpRequest, comment: Comment, citation: Citation) -> HttpResponse:
    page = comment.page
    context = CiteContext(
        comment=comment,
        person=Person.named(comment.author.name, page.wiki.dbname),
        page=page,
        wiki=page.wiki,
        zone=zone_of(page.wiki),
        address=address_of(comment),
        on_page=on_page(page.title),
        citation=citation,
        wikitext_link=wikitext_link(comment, citation),
        quotes=quotes(comment, citation),
        history_url=page.wiki.history_url_for(page.title),
        may_correct=comment.is_current and may_correct(request),
        may_log_in=comment.is_current and may_log_in(request),
        may_take_down=may_take_down(request),
    )
    is_fragment = request.headers.get("HX-Request")
    return render_with(
        request, "threads/_cite.html" if is_fragment else "threads/cite.html", context
    )


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
