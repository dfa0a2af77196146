"""What the system could not do is told in words."""

import errno
import os
import re
import socket
import ssl
from pathlib import Path

import httpx
import pytest

from threads.ingest.reasons import reason

NOT_FOR_PEOPLE = re.compile(r"errno|\d|error\b.*\(|exception|[A-Z]\w+Error", re.IGNORECASE)


@pytest.mark.parametrize("number", sorted(errno.errorcode), ids=errno.errorcode.get)
def test_no_error_of_the_system_is_told_by_its_number(number: int) -> None:
    said = reason(OSError(number, os.strerror(number), "lamps.xml"))
    assert said
    assert not re.search(r"[Ee]rrno", said)
    assert "lamps.xml" not in said, "the caller names it"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "x"), "no such file"),
        (PermissionError(errno.EACCES, "x"), "permission"),
        (OSError(errno.ENOSPC, "x"), "full"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "unknown host name"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "name server"),
        (socket.gaierror("words only"), "unknown host name"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "connection refused"),
        (ConnectionResetError(), "the connection was closed"),
        (TimeoutError(), "timed out"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "encrypted"),
        (OSError("only words"), "unknown reason"),
        (OSError(), "unknown reason"),
        (ValueError("embedded null byte"), "invalid"),
        (UnicodeEncodeError("idna", "x", 0, 1, "y"), "characters"),
        (RuntimeError("inner workings"), "unknown reason"),
    ],
)
def test_common_errors_have_words_of_their_own(error: Exception, said: str) -> None:
    assert said in reason(error)
    assert not NOT_FOR_PEOPLE.search(reason(error))


def test_an_error_of_a_library_is_told_by_what_led_to_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(httpx.ConnectError) as refused:
        httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
    assert "connection refused" in reason(refused.value)


def test_a_certificate_that_is_not_valid_says_why() -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    assert "(self-signed certificate)" in reason(error)
