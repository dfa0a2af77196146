"""The parser as a service, for who has the token: wikitext in, threads out. Nothing is kept."""

import json
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from ninja import Router
from ninja.security import HttpBearer

from threads.http.limits import Limit
from threads.wikitext import UnknownLanguage, UnknownTimezone, parse_page
from threads.wikitext.as_json import page_as_json, value_as_json

from .problems import Problem
from .schemas import Parse, Parsed, ProblemAnswer

router = Router(tags=["Parser"])
LARGEST = 2 * 1024 * 1024  # bytes of UTF-8: MediaWiki's own limit of a page
ONE = Limit(at_once=1, waiting=2)


class Token(HttpBearer):
    """Whether a request has the token of the settings."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        wanted = settings.PARSE_TOKEN
        return token if wanted and constant_time_compare(token, wanted) else None


@router.post(
    "/parse",
    auth=Token(),
    operation_id="parse",
    summary="Parse a talk page",
    response={
        200: Parsed,
        **dict.fromkeys((400, 401, 413, 422, 429, 503), ProblemAnswer),
    },
)
def parse(request: HttpRequest, page: Parse) -> HttpResponseBase:
    """Parse a talk page, as an import would.

    Off unless the archive's settings have a token; it is sent as “Authorization: Bearer”.
    """
    try:
        size = len(page.text.encode()) + len(page.title.encode())
    except UnicodeEncodeError:
        raise Problem(422, "The text has half of a character: a surrogate.") from None
    if size > min(LARGEST, settings.MAX_PAGE_BYTES):
        raise Problem(413, f"The text is larger than {LARGEST} bytes.")
    return ONE.answer(request, lambda: _parsed(page))


def _parsed(page: Parse) -> HttpResponse:
    try:
        found = parse_page(
            page.text,
            title=page.title,
            language=page.language,
            timezone=page.timezone,
            wiki=page.wiki,
        )
    except (UnknownLanguage, UnknownTimezone) as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
    body = json.dumps(page_as_json(found), default=value_as_json, ensure_ascii=False)
    return HttpResponse(body, content_type="application/json; charset=utf-8")
