"""What docs/api.md tells clients runs as it stands there, and prints what it says."""

import io
import re
from contextlib import redirect_stdout

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from talkarchive.bootstrap import BASE_DIR
from threads.management.commands.demo import import_demo

DOCUMENT = (BASE_DIR / "docs" / "api.md").read_text()
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n^```text\n(.*?)^```)?", re.M | re.S)


@pytest.mark.django_db(transaction=True)
def test_the_examples_print_what_the_document_says(
    live_server: LiveServer, settings: Settings
) -> None:
    settings.PARSE_TOKEN = "the-token"
    import_demo()
    names: dict[str, object] = {}
    for code, expected in EXAMPLE.findall(DOCUMENT):
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code.replace("http://127.0.0.1:8000", live_server.url), names)  # noqa: S102
        assert printed.getvalue() == expected, code
    assert len(EXAMPLE.findall(DOCUMENT)) > 5
