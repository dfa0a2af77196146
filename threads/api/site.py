"""The API as a whole: its addresses, its description, and what becomes of errors."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from threads.http.keeping import kept
from threads.presentation.streams.parts import UnknownKey

from . import collections, comments, decisions, pages, parsing, wikis
from .documentation import Documentation
from .problems import MEDIA_TYPE, Problem, problem

DESCRIPTION = """\
Everything that readers see of this archive, as JSON. Names are those of MediaWiki's API and of
DiscussionTools where these have them. Nothing has to be sent but the address; any site's scripts
may ask. Comments are their authors' work, available under {license}."""


class Renderer(JSONRenderer):
    """JSON whose texts are as they were written."""

    json_dumps_params = {"ensure_ascii": False}


class ArchiveAPI(NinjaAPI):
    """Ninja's API, whose failures are described as problem details."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        if path_prefix is None:
            path_prefix = self.get_root_path(path_params or {})
        return _described(self, path_prefix)

    def described(self, prefix: str) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=prefix)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if status >= 400:
                        response["content"] = {MEDIA_TYPE: response["content"][JSON]}
        return schema


@cache
def _described(api: ArchiveAPI, prefix: str) -> OpenAPISchema:
    """The description, which takes longer to make than any page and stays what it is."""
    return api.described(prefix)


JSON = "application/json"
api = ArchiveAPI(
    title="Talk archive",
    version="1",
    description=DESCRIPTION.format(license=settings.RIGHTS_TEXT),
    renderer=Renderer(),
    docs=Documentation(),
    docs_url="/",
    docs_decorator=kept(),
    urls_namespace="api",
)
for module in (wikis, pages, decisions, comments, collections, parsing):
    api.add_router("", module.router)


@api.exception_handler(Problem)
def _told(_request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(error.status, error.detail)


@api.exception_handler(UnknownKey)
def _unknown_key(_request: HttpRequest, _error: UnknownKey) -> HttpResponse:
    return problem(404, "No answer has given this key as its “continue”.")


@api.exception_handler(Http404)
def _not_found(_request: HttpRequest, error: Http404) -> HttpResponse:
    said = error.args[0] if error.args else ""
    status = getattr(error, "status", 404)  # 410 for what was taken down
    return problem(status, said if isinstance(said, str) else "")


@api.exception_handler(HttpError)
def _failed(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"parameter": ".".join(map(str, each["loc"][1:])), "message": each["msg"]}
        for each in error.errors
    ]
    return problem(422, "A parameter is invalid.", errors=errors)


def urlpatterns() -> list[URLPattern | URLResolver]:
    """The addresses, each telling which methods it takes."""
    patterns, _app, _namespace = api.urls
    taking = {"parse": ("OPTIONS", "POST")}
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name in taking:
            pattern.callback.methods = taking[pattern.name]  # type: ignore[attr-defined]
    return patterns
