"""Where each comment of a copy stands, by its id: files by month, which find.html loads."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, date

from django.db.models.functions import TruncMonth

from threads.models import FormerId
from threads.presentation.times.calendar import end_of_day, start_of_day
from threads.site.files.addresses import path_of_histories, path_of_page
from threads.site.files.plan import Plan
from threads.site.files.scope import Scope
from threads.site.files.told import comments_found

from .index import write_data


def months_of(scope: Scope) -> Iterator[str]:
    """The months, in UTC, in which comments were signed: "2019-04"."""
    signed = comments_found(scope).order_by().annotate(month=TruncMonth("timestamp", tzinfo=UTC))
    for month in signed.values_list("month", flat=True).distinct().order_by("month"):
        yield month.isoformat()[:7]


def write_month(plan: Plan, month: str) -> None:
    """Write where the comments of a month stand; of several places, the first by title."""
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    when = start_of_day(first, UTC), end_of_day(last, UTC)
    rows = comments_found(plan.scope).filter(timestamp__range=when)
    ordered = rows.order_by("-is_current", "page__title", "page_id", "position", "pk")
    found = ordered.values_list("ident", "page__wiki__dbname", "page__title", "is_current")
    write_data(
        plan.folder,
        f"comments/{month}",
        _places(
            (
                ident,
                ident,
                path_of_page(dbname, title)
                if is_there
                else path_of_histories(dbname, title, first.year),
            )
            for ident, dbname, title, is_there in found.iterator()
        ),
    )


def write_former(plan: Plan) -> None:
    """Write where the comments stand that had other ids."""
    found = FormerId.objects.filter(comment__in=plan.scope.comments().order_by()).order_by("pk")
    rows = found.values_list(
        "ident", "comment__ident", "comment__page__wiki__dbname", "comment__page__title"
    )
    places = _places((ident, now, path_of_page(*at)) for ident, now, *at in rows.iterator())
    write_data(plan.folder, "comments/former", places)


def _places(rows: Iterable[tuple[str, str, str]]) -> dict[str, object]:
    """In: an id, the id that its comment has now, and the file in which it is."""
    pages: dict[str, int] = {}
    places: dict[str, list[object]] = {}
    for ident, now, path in rows:
        place = pages.setdefault(path, len(pages))
        places.setdefault(ident, [place] if ident == now else [place, now])
    return {"pages": list(pages), "places": places}
