"""Parts of pages that repeat a thousand times, by Jinja2: it compiles templates to Python.

The words in them are looked up once a page, at the top of a template, where `makemessages`
finds them as in any other.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from django import template
from django.template import Context, engines
from django.template.defaultfilters import linebreaksbr, truncatechars, truncatewords
from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined
from jinja2 import Template as QuickTemplate
from jinja2.runtime import Context as RenderContext

from threads.presentation.addresses.patterns import AddressPattern
from threads.presentation.addresses.querystrings import QueryPattern, querystring
from threads.wikitext.site.languages import direction

from . import reading

register = template.Library()

# Stands for a page's rows until they are made. NUL is in no text of an archive.
GAP = "\0"
# What an address may say of where on a page a reader is.
PLACES = ("at", "comment", "start", "until")
EVENTS = 200  # as many pieces as Jinja2 makes of about a hundred rows


class QuickContext(RenderContext):
    """Calls what a template calls without looking whether it wants to know the template around it,
    which none of ours does: that takes as long as the call. Names that begin with an underscore
    are Jinja2's, for those that want to."""

    def call(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        if named:
            named = {name: value for name, value in named.items() if name[0] != "_"}
        return called(*given, **named)


def environment(**options: Any) -> Environment:
    """Jinja2's environment, with our filters and Django's; see TEMPLATES in the settings."""
    made = Environment(**options | {"autoescape": True, "undefined": StrictUndefined})
    made.context_class = QuickContext
    made.globals["_"] = gettext
    made.globals["url"] = _url
    made.globals["addresses_below"] = AddressPattern
    made.globals["months"] = reading.months
    made.globals["watch_address"] = reading.watch_address
    made.filters.update(
        comments=reading.comments,
        count=localize,
        people=reading.people,
        pages=reading.pages,
        subpages=reading.subpages,
        in_query=partial(quote, safe="/:"),
        direction=direction,
        linebreaksbr=linebreaksbr,
        truncatechars=truncatechars,
        truncatewords=truncatewords,
    )
    return made


def _url(name: str, *args: str) -> str:
    """An address by its name in threads/urls.py."""
    return reverse(name, args=args)


def quick_template(name: str) -> QuickTemplate:
    """A template in templates/jinja, compiled."""
    jinja: Any = engines["jinja2"]
    found: QuickTemplate = jinja.env.get_template(name)
    return found


@register.simple_tag(takes_context=True)
def quick(context: Context, name: str) -> SafeString:
    """Include such a template; it is given what the one around it has."""
    given: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    variables = with_addresses(given)
    return mark_safe(quick_template(name).render(variables))  # noqa: S308 (it escapes)


def with_addresses(variables: dict[str, Any]) -> dict[str, Any]:
    """What a template is given, and this address with other things asked for; in a static copy,
    nothing else can be."""
    if variables.get("copied"):
        return variables
    given = variables["request"].GET
    return variables | {
        "copied": None,
        "starting_at": QueryPattern(given, "start", without=PLACES),
        "ending_before": QueryPattern(given, "until", without=PLACES),
        "beginning_with": QueryPattern(given, "start", without=[*PLACES, "view"]),
        "marking": QueryPattern(given, "person"),
        "marking_nobody": querystring(given, without=["person"]),
    }


@register.simple_tag
def gap_for_rows() -> str:
    """Where the rows of a page will stand."""
    return GAP


def rows_in_pieces(variables: dict[str, Any]) -> Iterator[str]:
    """The rows of a page alone, some at a time. In: the variables of `RowsContext`, and the
    request."""
    stream = quick_template("threads/_rows.html").stream(with_addresses(variables))
    stream.enable_buffering(EVENTS)
    return stream
