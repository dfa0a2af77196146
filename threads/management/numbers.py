"""Numbers that commands are given."""

from argparse import ArgumentTypeError
from collections.abc import Callable

from django.utils.translation import gettext as _


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """What makes a whole number of an argument, for argparse; both bounds are valid."""

    def number(given: str) -> int:
        try:
            found = int(given)
        except ValueError:
            found = least - 1
        if least <= found and (most is None or found <= most):
            return found
        if most is None:
            said = _("“%(given)s” is not a whole number of %(least)s or more.")
        else:
            said = _("“%(given)s” is not a whole number from %(least)s to %(most)s.")
        raise ArgumentTypeError(said % {"given": given, "least": least, "most": most})

    return number
