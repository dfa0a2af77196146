"""Whether the archive can be read and written, and whether anything is missing."""

from django.core.checks import ERROR
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from threads.checks import missing
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


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where readers can be sent here, or 503; either with a line for each problem."""
    fault = fault_now()
    found = [] if fault else missing(["default"])
    lines = [str(fault)] if fault else [f"{each.msg} {each.hint}" for each in found]
    serious = fault or any(each.level >= ERROR for each in found)
    return HttpResponse(
        "\n".join(lines or ["ok"]),
        status=503 if serious else 200,
        content_type="text/plain; charset=utf-8",
    )
