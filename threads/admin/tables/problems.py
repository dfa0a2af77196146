"""What the parser noticed on a page, by kind, each with its place."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from threads.ingest.problems import NoticedPage, Problem, by_kind, on
from threads.models import TalkPage

TEMPLATE = "admin/threads/_problems.html"


def problem_list(problems: Iterable[Problem], page: TalkPage | None = None) -> str:
    """The same as HTML; "-" where there is none."""
    kinds = by_kind([NoticedPage(problems, on(page))])
    return render_to_string(TEMPLATE, {"kinds": kinds}) if kinds else "-"
