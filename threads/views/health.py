"""Whether the archive can be read and written."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from threads.database import fault_now


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok", or 503 with a sentence on what is wrong with the database."""
    fault = fault_now()
    return HttpResponse(
        str(fault or "ok"),
        status=503 if fault else 200,
        content_type="text/plain; charset=utf-8",
    )
