"""Templates that are given a described context: a dataclass, each field being a variable."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def render_with(
    request: HttpRequest, template: str, context: "DataclassInstance", *, status: int = 200
) -> HttpResponse:
    """The template, with the fields of a dataclass as its variables."""
    return render(request, template, variables_of(context), status=status)


def variables_of(context: "DataclassInstance") -> dict[str, Any]:
    """The fields by their names; their values are not copied."""
    return {field.name: getattr(context, field.name) for field in fields(context)}
