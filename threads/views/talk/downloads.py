"""A talk page, or a topic of it, as a file for other programs."""

from dataclasses import dataclass
from mimetypes import guess_type

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from threads.export import FORMATS, Format, Selection, one_moment
from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.limits import WHOLE, limited
from threads.http.parameters import parameters
from threads.models import Section, TalkPage, Wiki
from threads.presentation.addresses.finding import find_page, find_section

# Those that hold what readers see, and no more.
FOR_READERS = {name: each for name, each in FORMATS.items() if not each.has_history}


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadContext:
    """What `download.html` is given."""

    wiki: Wiki  # the page's
    talk_page: TalkPage  # what is downloaded …
    topic: Section | None  # … or one topic of it
    formats: dict[str, Format]  # that it can be had in, by name


@kept("topic")
@limited([("format", WHOLE)])
def download(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
    """The formats that a page or one `topic` of it can be had in; with `format`, the file.

    Raises Http404 for a format that is none of these.
    """
    page = find_page(dbname, name)
    given = parameters(request)
    topic = find_section(page, ident) if (ident := given.get("topic", "")) else None
    if wanted := given.get("format", ""):
        chosen = FOR_READERS.get(wanted)
        if chosen is None:
            raise Http404(_("The format “%s” is not available.") % wanted)
        selection = Selection(wiki=dbname, page=page.title, topic=topic.ident if topic else "")
        name = (topic and topic.heading) or page.title
        return _file(chosen, selection, name)
    context = DownloadContext(wiki=page.wiki, talk_page=page, topic=topic, formats=FOR_READERS)
    return render_with(request, "threads/download.html", context)


def _file(chosen: Format, selection: Selection, name: str) -> HttpResponse:
    """In: what it is named, without its suffix."""
    with one_moment():
        body = b"".join(chosen.write(selection))
    told = content_disposition_header(as_attachment=True, filename=f"{name}.{chosen.suffix}")
    kind = guess_type(f"_.{chosen.suffix}")[0] or "application/octet-stream"
    kind += "; charset=utf-8" if kind.startswith("text/") else ""
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": told})
