"""What somebody wrote on all wikis of the archive."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.models import Comment
from threads.presentation.people.authors import person_now
from threads.presentation.people.everywhere import PersonEverywhere, person_everywhere
from threads.presentation.people.speakers import hue


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonContext:
    """What `person.html` is given."""

    name: str  # whose comments they are
    hue: int  # the number of their color
    utc: tzinfo  # in which times of several wikis are told
    person: PersonEverywhere
    latest_key: int  # of the comment that came last into the archive


@kept()
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Topics, dates and whom they talked with. Eight queries, whatever they wrote.

    By the former name of somebody who was renamed, it leads to the present one.
    """
    latest_key = Comment.objects.latest_key()  # before them: what comes meanwhile is new
    found = person_everywhere(name)
    if found is None and (now := person_now(name)):
        return HttpResponsePermanentRedirect(reverse("person", args=[now]))
    if found is None:
        raise Http404(_("There are no comments by “%(name)s” in this archive.") % {"name": name})
    context = PersonContext(name=name, hue=hue(name), utc=UTC, person=found, latest_key=latest_key)
    return render_with(request, "threads/person.html", context)
