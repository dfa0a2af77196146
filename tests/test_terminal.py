"""What commands print is read by people at terminals, and by programs that may end before them."""

import io

import pytest

from threads.management import command_line
from threads.management.archive import WordedCommand
from threads.management.terminal import harmless


class Tells(WordedCommand):
    def handle(self, *_args: object, **_options: object) -> None:
        self.stdout.write("A\u202eB\x1b[2J\u200e\u2067C\u2069\td\n2")
        self.stderr.write("\udcff\u2028")


def test_nothing_that_is_printed_acts_on_the_terminal() -> None:
    out, err = io.StringIO(), io.StringIO()

    Tells(stdout=out).execute(stderr=err, force_color=False, no_color=False, skip_checks=True)

    assert out.getvalue() == "A\\u202eB\\x1b[2J\u200e\u2067C\u2069\td\n2\n"
    assert err.getvalue() == "\\udcff\\u2028\n"
    assert harmless("تالار‌گفتگو a\u00a0b") == "تالار‌گفتگو a\u00a0b"


class Closed(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def test_a_command_goes_on_when_nobody_reads_what_it_tells() -> None:
    Tells(stdout=Closed(), stderr=Closed()).execute(
        force_color=False, no_color=False, skip_checks=True
    )


def test_an_export_that_nobody_reads_on_ends_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_arguments: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(command_line, "execute_from_command_line", broken)
    monkeypatch.setattr("os.dup2", lambda *_given: None)
    monkeypatch.setattr(command_line, "log_uncaught", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_given: None)

    with pytest.raises(SystemExit) as ended:
        command_line.main()

    assert ended.value.code == 141
    assert capfd.readouterr().err == ""
