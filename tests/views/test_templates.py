"""What templates are given is all that they use, and their lines fit on a screen."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from django.template import Engine, engines
from jinja2 import meta

from talkarchive.bootstrap import BASE_DIR
from threads.presentation.page.context import PageContext, RowsContext
from threads.presentation.page.rows import Row
from threads.views.archive.home import HomeContext
from threads.views.archive.search import SearchContext
from threads.views.archive.since import SinceContext
from threads.views.archive.suggestions import SuggestionsContext
from threads.views.archive.wikis import WikiContext
from threads.views.people.authors import AuthorContext
from threads.views.talk.citations import CiteContext
from threads.views.talk.comments import GoneContext
from threads.views.talk.composer import ReplyContext
from threads.views.talk.history import HistoryContext

from .template_names import nodes_of, unknown_names

CONTEXTS = {
    "page.html": PageContext,
    "author.html": AuthorContext,
    "cite.html": CiteContext,
    "_cite.html": CiteContext,
    "gone.html": GoneContext,
    "reply.html": ReplyContext,
    "_composer.html": ReplyContext,
    "_composed.html": ReplyContext,
    "history.html": HistoryContext,
    "home.html": HomeContext,
    "search.html": SearchContext,
    "_finder.html": SearchContext,
    "_suggestions.html": SuggestionsContext,
    "since.html": SinceContext,
    "wiki.html": WikiContext,
}
EVERYWHERE = {"request", "csrf_token", "None"}  # from context processors and Django itself
# Given in static copies alone.
COPIED = {
    *("copied", "former_ids", "layout", "people"),
    *("told", "histories", "analyzed", "is_analyzed"),
}
# What an included template shows only where it is given.
OPTIONAL = {
    "threads/_licence.html": {"history_url", "wiki"},
    "threads/_copy.html": {"rows", "link"},
}
QUICK = BASE_DIR / "templates" / "jinja" / "threads"
QUICK_CONTEXTS = {
    "_rows.html": RowsContext,
    "_controls.html": SearchContext,
    "_facets.html": SearchContext,
    "_hits.html": SearchContext,
    "_tree.html": WikiContext,
}
QUICK_ADDRESSES = {"starting_at", "ending_before", "beginning_with", "marking", "marking_nobody"}
TEMPLATES = sorted(BASE_DIR.glob("templates/**/*.html"))
LONGEST = 160  # characters of a line


def unknown_in(template: str, context: Any) -> set[str]:
    known = {field.name for field in fields(context)} | EVERYWHERE | COPIED
    nodes = nodes_of(f"threads/{template}")
    return set(unknown_names(nodes, known, [], OPTIONAL))


def unknown_in_quick(template: str, context: Any) -> set[str]:
    """The same of a template of Jinja2's, which knows it by itself."""
    env: Any = engines["jinja2"]
    source = (QUICK / template).read_text()
    # It takes what is set in a branch of a macro for something that is given.
    own = set(re.findall(r"{% set (\w+)", source))
    used = meta.find_undeclared_variables(env.env.parse(source)) - own
    return used - {field.name for field in fields(context)} - {*QUICK_ADDRESSES, *COPIED, "_"}


def unknown_names_of(source: str, known: set[str]) -> set[str]:
    nodes = Engine.get_default().from_string(source).nodelist
    return set(unknown_names(nodes, known, [], OPTIONAL))


@pytest.mark.parametrize("path", sorted((QUICK).glob("*.html")), ids=lambda path: path.name)
def test_a_quick_template_uses_what_its_context_has(path: Path) -> None:
    assert unknown_in_quick(path.name, QUICK_CONTEXTS.get(path.name, PageContext)) == set()


def test_every_kind_of_row_is_shown() -> None:
    kinds = {kind.kind for kind in get_args(Row) if isinstance(kind.kind, str)}
    source = (QUICK / "_rows.html").read_text()
    shown = set(re.findall(r'kind == "(\w+)"', source))
    assert kinds - shown == {"more"}, "what is none of the others"


@pytest.mark.parametrize("template", CONTEXTS)
def test_a_template_uses_what_its_context_has(template: str) -> None:
    assert unknown_in(template, CONTEXTS[template]) == set()


@pytest.mark.parametrize(
    "source",
    [
        "{{ pgae.title }}",
        "{{ page|default:pgae }}",
        "{% if page and not pgae.title %}{% endif %}",
        "{% if page %}{{ pgae }}{% endif %}",
        "{% for row in pgae %}{% endfor %}",
        "{% for row in page %}{{ pgae }}{% empty %}{{ page }}{% endfor %}",
        "{% for pgae in page %}{{ pgae }}{% endfor %}{{ pgae }}",
        "{% with pgae=page %}{{ pgae }}{% endwith %}{{ pgae }}",
        "{% with title=pgae.title %}{% endwith %}",
        "{% load i18n %}{% blocktranslate with name=pgae %}{{ name }}{% endblocktranslate %}",
        "{% load i18n %}{% blocktranslate %}{{ pgae }}{% endblocktranslate %}",
        "{% load i18n %}{{ pgae }}{% translate 'x' as pgae %}{{ pgae }}",
        "{% url 'page' page pgae %}",
        "{% querystring start=pgae.ident %}",
        "{% include 'threads/_copy.html' with label=page text=pgae.title %}",
    ],
)
def test_a_misspelt_name_is_found_wherever_it_stands(source: str) -> None:
    assert unknown_names_of(source, {"page"}) == {"pgae"}


def test_what_is_not_given_to_an_included_template_is_found() -> None:
    assert unknown_names_of('{% include "threads/_person.html" %}', set()) == {"person"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_long_lines(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST] == []
