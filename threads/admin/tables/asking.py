"""Actions ask before they change what others see, as Django's own does before it deletes."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from .readonly import ArchiveAdmin
from .words import Words

MOST_ROWS = 100  # that are named
YES = "post"  # the parameter of a form that was agreed to, as Django's own has it
_NOT_SENT_ON = {"csrfmiddlewaretoken", "index"}


def ask_first(
    admin: ArchiveAdmin,
    request: HttpRequest,
    rows: QuerySet[Any],
    does: Words,
    called: Callable[[Any], str] = str,
) -> TemplateResponse | None:
    """The page that asks whether to go on with the action that is asked for; None once that was
    agreed to. Two queries.

    In: the rows it would change; what it would do with them; `called`, how a row is named.
    """
    if request.POST.get(YES):
        return None
    title = dict(admin.get_action_choices(request))[request.POST["action"]]
    given = [
        (key, value)
        for key, values in request.POST.lists()
        for value in values
        if key not in _NOT_SENT_ON
    ]
    named: list[Model] = list(rows[:MOST_ROWS])
    context = {
        **admin.page_context(request, title),
        "does": does,
        "rows": [called(row) for row in named],
        "left_out": rows.count() - len(named),
        "given": given,
        "yes": YES,
    }
    return TemplateResponse(request, "admin/threads/ask_first.html", context)
