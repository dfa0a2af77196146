"""What all commands have in common, however they end."""

from argparse import _AppendAction
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, get_commands, load_command_class

from threads.management.archive import WordedCommand
from threads.management.progress import ProgressReporter, page_line
from threads.models import ImportItem, ImportRun
from threads.models.runs.run import State

OURS = sorted(name for name, app in get_commands().items() if app == "threads")


def test_what_an_error_leaves_half_read_is_closed_at_once() -> None:
    """Later, when the database is closed, it could not be."""
    closed = []

    def rows() -> Iterator[int]:
        try:
            yield from range(3)
        finally:
            closed.append(True)

    class Command(WordedCommand):
        requires_system_checks = []

        def handle(self, **options: Any) -> None:
            some = rows()
            next(some)
            try:
                raise OSError("no room")
            except OSError as error:
                raise ValueError from error

    with pytest.raises(ValueError) as caught:
        Command().execute(force_color=False, no_color=False, skip_checks=True)
    assert closed, caught


@pytest.mark.parametrize("name", OURS)
def test_numbers_that_an_option_cannot_mean_are_refused(name: str) -> None:
    command = load_command_class("threads", name)
    parser = command.create_parser("manage.py", name)
    own = [each for each in parser._actions if each.dest not in ("verbosity",)]
    assert all(each.type is not int for each in own)
    for action in own:
        flags = action.option_strings
        if getattr(action.type, "__qualname__", "").startswith("whole."):
            with pytest.raises(CommandError, match="whole number"):
                parser.parse_args([f"{flags[-1]}=-3"] if flags else ["x"])


@pytest.mark.parametrize("name", OURS)
def test_no_option_is_left_out_because_it_is_given_again(name: str) -> None:
    command = load_command_class("threads", name)
    if not isinstance(command, WordedCommand):
        return
    for action in command.create_parser("manage.py", name)._actions:
        is_text = action.nargs is None and action.type is None and not action.choices
        if not is_text or isinstance(action, _AppendAction):
            continue
        for flag in action.option_strings:
            parser = command.create_parser("manage.py", name)
            with pytest.raises(CommandError, match=f"“{flag}” can only be given once."):
                parser.parse_args([f"{flag}=a", f"{flag}=b"])


@pytest.mark.parametrize("name", OURS)
def test_an_empty_value_never_means_all(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a shell variable that is not set."""
    command = load_command_class("threads", name)
    if not isinstance(command, WordedCommand):  # Django's own, with more about tables
        return
    monkeypatch.setattr(command, "handle", lambda **_options: pytest.fail("It was carried out."))
    parser = command.create_parser("manage.py", name)
    valued = [each for each in parser._actions if each.nargs != 0]
    for flag in [flag for each in valued for flag in each.option_strings if flag[:2] == "--"]:
        for given in ([flag, ""], [f"{flag}="], [flag, " "], ["--traceback", flag, ""]):
            with pytest.raises(SystemExit) as ended:
                command.run_from_argv(["manage.py", name, *given])
            assert ended.value.code == 2
            assert f"The value after “{flag}” is empty." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command.run_from_argv(["manage.py", name, ""])


def test_what_failed_is_told_once_however_often_its_page_is_met(
    capsys: pytest.CaptureFixture[str],
) -> None:
    item = ImportItem(pk=1, title="Talk:Dup", state=State.FAILED, log="Why.")
    tell = ProgressReporter(load_command_class("threads", "import_dump"))
    for _met in range(2):
        tell(ImportRun(), item)
    assert capsys.readouterr().out == f"{page_line(item)}\n"
