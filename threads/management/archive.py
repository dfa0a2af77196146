"""What commands that work on the archive have in common."""

import os
import sys
from argparse import ArgumentParser, Namespace, _StoreAction
from itertools import pairwise
from traceback import clear_frames
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from threads.checks import TAG
from threads.database import UnfitDatabase, schema_fault

from .terminal import Printed


def terminal_language() -> str:
    """The code of the language that the environment asks for; "en" where it is not offered.

    The variables and their order are POSIX's, 8.2.
    """
    asked = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = asked.partition(".")[0].replace("_", "-").lower()
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return "en"


class WordedCommand(BaseCommand):
    """A command that speaks the language of its terminal."""

    help: Any = ""  # or a message that is translated when it is shown
    requires_system_checks: Any = [TAG]  # without those of all addresses and the admin

    def __init__(self, stdout: Any = None, stderr: Any = None, **options: Any) -> None:
        super().__init__(stdout, stderr, **options)
        style = self.stderr.style_func
        self.stdout, self.stderr = Printed(stdout or sys.stdout), Printed(stderr or sys.stderr)
        self.stderr.style_func = style

    def run_from_argv(self, argv: list[str]) -> None:
        """Django's; an empty value is refused: an option that is not given means “all”, but a
        shell variable that is not set is a mistake."""
        with translation.override(terminal_language()):
            if said := _empty_value(argv[1:]):
                self.stderr.write(said)
                sys.exit(2)  # argparse's own
            super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Django's; what an error leaves half-read is closed before the database is.

        Such is a query whose rows are still to come: it lives as long as the functions of the
        traceback, and could not be closed afterwards.
        """
        for name in ("stdout", "stderr"):
            if given := options.pop(name, None):
                setattr(self, name, Printed(given))
        try:
            return super().execute(*args, **options)
        except BaseException as error:
            _let_go(error)
            raise

    def create_parser(self, *args: Any, **options: Any) -> CommandParser:
        """Django's; argparse wraps lines of nothing but strings, and takes the last value of an
        option that is given twice, as if nobody had given the first."""
        self.help = str(self.help)
        parser = super().create_parser(*args, **options)
        for action in parser._actions:
            if type(action) is _StoreAction and action.option_strings:
                action.__class__ = _StoreOnce
        return parser


class _StoreOnce(_StoreAction):
    """Refuses an option that is given again."""

    is_given = False

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: Any, option: str | None = None
    ) -> None:
        if self.is_given:
            parser.error(_("“%s” can only be given once.") % option)
        self.is_given = True
        super().__call__(parser, namespace, values, option)


class ArchiveCommand(WordedCommand):
    """A command that does nothing where the tables are not those of this version."""

    help: Any = ""
    requires_migrations_checks = True

    def check_migrations(self) -> None:
        check_schema()


def check_schema() -> None:
    """Raises UnfitDatabase where the tables are not those of this version."""
    if fault := schema_fault():
        raise UnfitDatabase(fault)


def _empty_value(given: list[str]) -> str:
    """What is wrong with arguments of which one is empty; "" where none is. In: the command's name
    and what follows it."""
    for before, argument in pairwise(given):
        option, equals, value = argument.partition("=")
        in_option = equals and argument.startswith("--")
        if not (value if in_option else argument).strip():
            said = _("The value after “%s” is empty. Check the shell variable that it comes from.")
            return said % (option if in_option else before)
    return ""


def _let_go(error: BaseException) -> None:
    """Drop what the functions hold that an error, and those that it came from, ended."""
    told: BaseException | None = error
    while told:
        clear_frames(told.__traceback__)
        told = told.__cause__ or told.__context__
