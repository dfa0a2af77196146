"""An import's counts in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WORDS = {
    "new": _("%s new"),
    "moved": _("%s moved here"),
    "changed": _("%s changed"),
    "unchanged": _("%s unchanged"),
    "gone": _("%s gone"),
    "left": _("%s moved away"),
    "returned": _("%s returned"),
    "problems": _("%s problems"),
    "notes": _("%s notes"),
}
ONE = {"problems": _("1 problem"), "notes": _("1 note")}


def counted(counts: Mapping[str, int]) -> str:
    """As in “3 new, 1 changed”; "" where there is nothing to count."""
    return ", ".join(
        str(ONE[name]) if number == 1 and name in ONE else str(WORDS[name]) % number
        for name, number in counts.items()
        if number
    )
