"""What is answered to requests that are not accepted: broken ones, and too many."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)

RETRY_AFTER = 5  # seconds, where the archive is busy


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that cannot be told to be the archive's own. `reason` is Django's, in English."""
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin and reason.startswith(("Origin", "Referer")):
        log.warning(
            "A form sent from %.200r was refused. If that is this archive's own address, "
            "name it in CSRF_TRUSTED_ORIGINS.",
            origin,
        )
    return _refused(
        request,
        403,
        _("This form was not accepted"),
        _("The form could not be verified as coming from this archive."),
        [
            _("Go back, copy your text, reload the page, and submit the form again."),
            _("If that does not help, allow cookies for this site in your browser."),
            _(
                "If it still fails, contact the administrators of this archive; see the server log "
                "for the reason."
            ),
        ],
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where it is too large: a request that cannot be read."""
    title = _("This request was not accepted")
    again = _("Go back, reload the page, and try again.")
    match exception:
        case RequestDataTooBig():
            most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            said = _("The form exceeds the limit of %s.") % most
            return _refused(request, 413, title, said, [_("Go back and submit less data.")])
        case TooManyFieldsSent():
            said = _("The form has too many fields.")
        case DisallowedHost():
            said = _("This archive does not use this host name.")
            again = _("Check the URL, or contact the administrators of this archive.")
        case _:
            said = _("The request could not be read.")
    return _refused(request, 400, title, said, [again])


def too_many_logins(
    request: HttpRequest, response: HttpResponse, credentials: object
) -> HttpResponse:
    """429: too many wrong passwords, and for how long none is looked at."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    minutes = wait // timedelta(minutes=1)
    refused = _refused(
        request,
        429,
        _("Too many attempts to log in"),
        _("There were too many failed attempts. Logging in is blocked for a while."),
        [
            ngettext(
                "Try again in %(count)s minute at the latest.",
                "Try again in %(count)s minutes at the latest.",
                minutes,
            )
            % {"count": minutes},
            _(
                "If you have forgotten your password, ask the administrators of this archive for a "
                "new one."
            ),
        ],
    )
    refused.headers["Retry-After"] = str(int(wait.total_seconds()))
    return refused


@never_cache
def too_busy(request: HttpRequest) -> HttpResponse:
    """503: others are being answered the same kind of question."""
    return _ask_again(
        request,
        503,
        _("This archive is busy"),
        _("Too many large pages are being requested at the moment."),
    )


@never_cache
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: this client is being answered the same kind of question already."""
    return _ask_again(
        request,
        429,
        _("Too many requests"),
        _("Several of your requests for large pages are still being processed."),
    )


def _ask_again(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    refused = _refused(request, status, title, said, [_("Wait a moment, then reload the page.")])
    refused.headers["Retry-After"] = str(RETRY_AFTER)
    return refused


def _refused(
    request: HttpRequest, status: int, title: str, said: str, remedies: list[str]
) -> HttpResponse:
    context = {"title": title, "said": said, "remedies": remedies}
    return render(request, "refused.html", context, status=status)
