"""A reply in the making: its wikitext, where it goes, and how it will look. Nothing is sent."""

from dataclasses import dataclass
from datetime import tzinfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.vary import vary_on_headers

from threads.compose import LONGEST, ComposedReply, compose
from threads.http.contexts import render_with
from threads.http.methods import takes
from threads.http.parameters import page_asked_for
from threads.models import Comment, Revision, TalkPage, UnsignedText, Wiki
from threads.presentation.addresses.patterns import on_page
from threads.presentation.comment.permalinks import address_of, find_comment, unknown
from threads.presentation.people.speakers import Person
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.dates import zone_of


class ReplyForm(forms.Form):
    """What somebody answers, as wikitext."""

    body = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Preview: start writing to see it here."),
            "max_length": gettext_lazy(
                "Your reply is %(show_value)d characters long. The limit is %(limit_value)d."
            ),
        },
    )
    mention = forms.BooleanField(required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyContext:
    """What `reply.html`, `_composer.html` and `_composed.html` are given."""

    comment: Comment  # that is answered
    person: Person  # who signed it
    page: TalkPage  # where it stands
    wiki: Wiki  # the page's
    zone: tzinfo  # the wiki's
    address: str  # of the comment on its page
    on_page: str  # what stands behind the address of a reply to it there
    form: ReplyForm  # as it was sent, or empty
    longest: int  # characters that a reply may have
    composed: ComposedReply | None  # None while nothing is filled in
    preview: str  # safe HTML of it, with links that lead somewhere
    edit_url: str  # where it can be put in on the wiki: the section, or the page; or ""
    history_url: str  # of the page on the wiki, or ""


@takes("GET", "HEAD", "OPTIONS", "POST")
@vary_on_headers("HX-Request")
def reply(request: HttpRequest, dbname: str, ident: str) -> HttpResponse:
    """A form for a reply; filled in, with the reply as it would stand. Seven queries at most.

    `page` is the title of the page where the comment is meant. HTMX gets the form alone, and the
    reply alone once it is filled in.
    """
    comment = find_comment(dbname, ident, page_asked_for(request))
    if not comment.is_current:
        return redirect("comment", ident)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    composed = None
    if form.is_valid():
        body, mention = form.cleaned_data["body"], form.cleaned_data["mention"]
        try:
            composed = compose(comment, body, mention=mention)
        except Revision.DoesNotExist as error:  # the page was removed in this moment
            raise unknown(ident) from error
    page = comment.page
    written = UnsignedText(page=page, html=composed.html if composed else "")
    resolve_links(page.wiki, [comment, written])
    context = ReplyContext(
        comment=comment,
        person=Person.named(comment.author.name, dbname),
        page=page,
        wiki=page.wiki,
        zone=zone_of(page.wiki),
        address=address_of(comment),
        on_page=on_page(page.title),
        form=form,
        longest=LONGEST,
        composed=composed,
        preview=written.html,
        edit_url=comment.section.edit_url_on_wiki or page.url_on_wiki,
        history_url=page.wiki.history_url_for(page.title),
    )
    return render_with(request, _template(request), context)


def _template(request: HttpRequest) -> str:
    if not request.headers.get("HX-Request"):
        return "threads/reply.html"
    return "threads/_composed.html" if request.method == "POST" else "threads/_composer.html"
