"""What every address that is read has in common: kept answers, lists by key, whole addresses."""

from collections.abc import Callable
from inspect import signature
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query, Router
from ninja.decorators import decorate_view

from threads.http.keeping import kept

from .schemas import ProblemAnswer

Operation = TypeVar("Operation", bound=Callable[..., Any])
Row = TypeVar("Row", bound=Model)
MOST = 500  # rows of a list at once
FAILURES = dict.fromkeys((404, 410, 422, 429, 503), ProblemAnswer)

Limit = Annotated[int, Query(100, ge=1, le=MOST, description="How many rows at most.")]
After = Annotated[str, Query("", description="What “continue” of the answer before says.")]


def reads(router: Router, path: str, answer: Any) -> Callable[[Operation], Operation]:
    """Let an operation answer GET at a path; its answer is kept until the archive changes."""

    def add(operation: Operation) -> Operation:
        names = [name for name in signature(operation).parameters if f"{name}}}" not in path]
        router.get(
            path,
            response={200: answer, **FAILURES},
            by_alias=True,
            exclude_unset=True,
            operation_id=operation.__name__,
            summary=(operation.__doc__ or "").partition("\n")[0].rstrip("."),
        )(decorate_view(kept(*names))(operation))
        return operation

    return add


def listed(
    name: str,
    rows: QuerySet[Row],
    limit: int,
    key: str,
    answer: Callable[[Row], dict[str, Any]],
) -> dict[str, Any]:
    """A list under its name, and how it goes on; in: the rows in the order of their key."""
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = getattr(shown[-1], key) if len(found) > limit else None
    return {name: [answer(row) for row in shown], **going_on(more)}


def going_on(key: object) -> dict[str, Any]:
    """What says how a list goes on, from its last row's key; nothing where it does not."""
    return {} if key is None or key == "" else {"continue": {"after": str(key)}}
