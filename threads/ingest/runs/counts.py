"""What became of the pages and comments of an import, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from threads.models.runs.run import State

WORDS = {
    "new": ngettext_lazy("%(count)s new", "%(count)s new", "count"),
    "moved": ngettext_lazy(
        "%(count)s known from another page", "%(count)s known from other pages", "count"
    ),
    "changed": ngettext_lazy("%(count)s changed", "%(count)s changed", "count"),
    "unchanged": ngettext_lazy("%(count)s unchanged", "%(count)s unchanged", "count"),
    "gone": ngettext_lazy("%(count)s removed", "%(count)s removed", "count"),
    "left": ngettext_lazy("%(count)s moved out", "%(count)s moved out", "count"),
    "returned": ngettext_lazy("%(count)s restored", "%(count)s restored", "count"),
    "problems": ngettext_lazy("%(count)s warning", "%(count)s warnings", "count"),
    "notes": ngettext_lazy("%(count)s note", "%(count)s notes", "count"),
}

PAGES = {
    State.QUEUED: ngettext_lazy("%(count)s queued", "%(count)s queued", "count"),
    State.RUNNING: ngettext_lazy("%(count)s running", "%(count)s running", "count"),
    State.DONE: ngettext_lazy("%(count)s completed", "%(count)s completed", "count"),
    State.SKIPPED: ngettext_lazy("%(count)s skipped", "%(count)s skipped", "count"),
    State.FAILED: ngettext_lazy("%(count)s failed", "%(count)s failed", "count"),
    State.CANCELLED: ngettext_lazy("%(count)s canceled", "%(count)s canceled", "count"),
}


def counted(counts: Mapping[str, int]) -> str:
    """“3 new, 1 changed”; "" where there is nothing to count. In: numbers by names of `Counts`."""
    return _(", ").join(
        WORDS[name] % {"count": number} for name, number in counts.items() if number
    )


def pages_counted(states: Mapping[str, int]) -> str:
    """“3 completed, 1 failed”; "" where there is no page. In: numbers by state."""
    return _(", ").join(PAGES[State(state)] % {"count": number} for state, number in states.items())
