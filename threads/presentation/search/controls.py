"""The fields of a query as controls of a form: each shows what the box says, and changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from threads.models import Collection, Wiki
from threads.search.query.fields import FIELDS
from threads.search.query.parsing import EITHER, Query, merged, read_query

MOST_CHOICES = 50  # collections; of more, the address is typed
SHOWN = "shown"  # the parameter that has the query which the box and the controls showed
LABELS: dict[str, Promise] = {
    "author": _("Author"),
    "wiki": _("Wiki"),
    "page": _("Page or its subpages"),
    "topic": _("Topic contains"),
    "after": _("From date"),
    "before": _("Before date"),
    "in": _("Collection"),
    "is": _("Type"),
    "has": _("Replies"),
    "lang": _("Language"),
}
OPTION_LABELS: dict[str, Promise] = {
    "closed": _("Closed discussions"),
    "unsigned": _("Unsigned text"),
    "replies": _("With replies"),
}
EXAMPLES = {"after": "2019-04", "before": "2020"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A field with its value; without options it is typed."""

    name: str
    label: str
    value: str
    example: str
    options: Sequence[Option] = ()


def query_asked(given: QueryDict) -> tuple[Query, bool]:
    """What an address asks for, and whether it says so in the box alone.

    In: `q`, the box; the fields, where the controls have been sent as well; `shown`.
    """
    box = read_query(given.get("q", ""))
    sent = {name: given.getlist(name) for name in FIELDS if name in given}
    if not sent:
        return box, True
    return merged(box, read_query(given.get(SHOWN, "")), sent), False


class _AsJson(Subquery):
    """The addresses and titles of collections as one value."""

    template = "(SELECT json_group_array(json_array(slug, title)) FROM (%(subquery)s) AS few)"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT jsonb_agg(jsonb_build_array(slug, title)) FROM (%(subquery)s) AS few)"
        return self.as_sql(compiler, connection, template=template)


def with_choices(wikis: QuerySet[Wiki]) -> QuerySet[Wiki]:
    """Wikis, each with the `collections` that can be chosen from, so that they are not asked for
    by themselves."""
    few = Collection.objects.values("slug", "title")[: MOST_CHOICES + 1]
    return wikis.annotate(collections=_AsJson(few, output_field=JSONField()))


def controls_of(query: Query, wikis: Sequence[Wiki]) -> list[Control]:
    """In: the wikis of the archive, `with_choices`."""
    few = wikis[0].collections or [] if wikis else []  # type: ignore[attr-defined]
    collections = [(str(slug), str(title)) for slug, title in few]
    choices = {
        "wiki": [(wiki.dbname, str(wiki)) for wiki in wikis],
        "lang": [(code, code) for code in sorted({wiki.language.lower() for wiki in wikis})],
    } | {
        name: [(option, str(OPTION_LABELS[option])) for option in field.options]
        for name, field in FIELDS.items()
        if field.options
    }
    if len(collections) <= MOST_CHOICES:
        choices["in"] = collections
    return [
        _control(name, query.values(name), choices.get(name))
        for name in FIELDS
        if not _is_pointless(name, query, choices)
    ]


def _is_pointless(name: str, query: Query, choices: dict[str, list[tuple[str, str]]]) -> bool:
    """Whether there is nothing to choose from, and nothing was chosen."""
    fewest = 1 if FIELDS[name].options or name == "in" else 2
    return name in choices and len(choices[name]) < fewest and not query.values(name)


def _control(name: str, values: Sequence[str], choices: list[tuple[str, str]] | None) -> Control:
    value = EITHER.join(values)
    options: list[Option] = []
    if choices is not None:
        known = {each for each, _label in choices}
        other = [] if not value or value in known else [(value, ", ".join(values))]
        options = [
            Option("", gettext("All")),
            *(Option(each, label, each == value) for each, label in [*choices, *other]),
        ]
    return Control(name, str(LABELS[name]), value, EXAMPLES.get(name, ""), options)
