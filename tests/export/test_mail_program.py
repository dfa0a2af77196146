"""An mbox, opened by a mail program: it shows the threads that the archive has."""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from tests import system
from tests.upgrades.archive import make_archive
from threads.export import FORMATS, Selection
from threads.export.discussions import comments_of, pages_of
from threads.export.formats.mbox import message_id

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(system.FINDERS["neomutt"]() is None, reason="NeoMutt is not installed"),
]

# A line for each message: its Message-ID, then its subject behind the branches of its thread.
SETTINGS = """\
set folder = "{folder}"
set sort = threads
set ascii_chars = yes
set hide_thread_subject = no
set index_format = "|%i|%M|%s"
set help = no
"""
LINES, COLUMNS = 50, 400  # of the terminal
MESSAGE = re.compile(r"\|(<[^<>|]+>)\|[^|]*\|([ |`-]*>)?")
QUIET = 2.0  # seconds without output after which the index stands
LONGEST = 60  # seconds until all messages are shown


def shown(box: Path) -> str:
    """What stands on the terminal in which the mail program shows the index of a box."""
    (box.parent / "settings").write_text(SETTINGS.format(folder=box.parent))
    ours, its = os.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    command = ["neomutt", "-n", "-F", "settings", "-R", "-f", box.name]
    # Where the variables have the size of another terminal, they count.
    size = {"LINES": str(LINES), "COLUMNS": str(COLUMNS)}
    ours_alone = {"TERM": "vt100", "LC_ALL": "C.UTF-8", "HOME": str(box.parent)}
    environment = {**os.environ, **size, **ours_alone}
    process = subprocess.Popen(
        command,
        cwd=box.parent,
        env=environment,
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    written, until = b"", monotonic() + LONGEST
    with suppress(OSError):  # it has ended
        while monotonic() < until:
            if select.select([ours], [], [], QUIET)[0]:
                written += os.read(ours, 1 << 16)
            elif b"Msgs:" in written:
                break
    process.kill()
    process.wait()
    os.close(ours)
    return written.decode(errors="replace")


def test_a_mail_program_shows_the_archives_threads(tmp_path: Path) -> None:
    make_archive()
    box = tmp_path / "talk.mbox"
    box.write_bytes(b"".join(FORMATS["mbox"].write(Selection())))
    depths = {
        ident: branches.index(">") // 2 if branches else 0
        for ident, branches in MESSAGE.findall(shown(box))
    }
    assert depths == {
        message_id(page, comment.ident): comment.depth
        for page in pages_of(Selection())
        for comment in comments_of(page, Selection())
    }
