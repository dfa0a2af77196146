"""The page that describes the API, made on the server from its OpenAPI description."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from threads.http.contexts import render_with

from .problems import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter of a request, or a member of an answer."""

    name: str
    type: str  # in few words: "integer", "text or null", "list of CommentAnswer"
    description: str
    target: str  # the name of the schema that its type has, or ""
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Member]
    answer: str  # the name of its schema


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema of answers."""

    name: str
    description: str
    members: Sequence[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiContext:
    """What `api.html` is given."""

    description: str  # of all of it
    schema_address: str  # of its OpenAPI description
    operations: Sequence[Operation]
    shapes: Sequence[Shape]
    kinds: Sequence[Kind]  # of problems


class Documentation(DocsBase):
    """The page; it needs neither a script nor another server."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=kwargs)
        context = ApiContext(
            description=api.description,
            schema_address=self.get_openapi_url(api, kwargs),
            operations=list(_operations(schema["paths"])),
            shapes=[
                Shape(name, shape.get("description", ""), list(_members(shape)))
                for name, shape in sorted(schema["components"]["schemas"].items())
            ],
            kinds=KINDS,
        )
        return render_with(request, "threads/api.html", context)


def _operations(paths: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            answer = told["responses"][200]["content"]["application/json"]["schema"]
            _summary, _line, further = told.get("description", "").partition("\n")
            yield Operation(
                id=told["operationId"],
                method=method.upper(),
                path=path,
                summary=told["summary"],
                description=" ".join(further.split()),
                parameters=[
                    *(
                        _member(each["name"], each["schema"], each["required"])
                        for each in told["parameters"]
                    ),
                    *([_member("body", body["schema"], True)] if body else []),
                ],
                answer=_target(answer),
            )


def _members(shape: dict[str, Any]) -> Iterator[Member]:
    required = shape.get("required", ())
    for name, schema in shape.get("properties", {}).items():
        yield _member(name, schema, name in required)


def _member(name: str, schema: dict[str, Any], required: bool) -> Member:
    return Member(name, _words(schema), schema.get("description", ""), _target(schema), required)


def _words(schema: dict[str, Any]) -> str:
    """A type in few words."""
    if "anyOf" in schema:
        return " or ".join(_words(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return _target(schema)
    if schema.get("type") == "array":
        return f"list of {_words(schema['items'])}"
    if "enum" in schema:
        return " or ".join(f"“{each}”" for each in schema["enum"])
    return {"date-time": "time"}.get(schema.get("format", ""), str(schema.get("type", "any")))


def _target(schema: dict[str, Any]) -> str:
    """The name of the schema that a type refers to, or ""."""
    inner = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    inner += [each.get("items", {}) for each in schema.get("anyOf", [])]
    refs = [each["$ref"] for each in inner if "$ref" in each]
    return str(refs[0]).rpartition("/")[2] if refs else ""
