"""What a copy says of itself: what made it, of what, and in which languages."""

import json
from collections.abc import Iterator
from dataclasses import astuple
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from .scope import Scope

MARKER = "talkarchive-copy.json"
VERSION = 1
KINDS = {".py", ".html", ".css", ".js", ".json", ".mo", ".svg"}
LIBRARIES = ("Django", "Jinja2")  # which write pages


def facts_of(scope: Scope, languages: tuple[str, ...]) -> dict[str, Any]:
    """Copies of the same facts, made of the same rows, are the same."""
    rights = settings.RIGHTS_TEXT, settings.RIGHTS_URL
    asked = astuple(scope), sorted(settings.IMAGE_HOSTS), rights
    libraries = [version(name) for name in LIBRARIES]
    program = sha256(repr((settings.VERSION, libraries, asked)).encode())
    for file in _program():
        program.update(file.read_bytes())
    return {
        "made by": "talkarchive",
        "version": VERSION,
        "languages": list(languages),
        "program": program.hexdigest(),
    }


def write_facts(folder: Path, facts: dict[str, Any]) -> None:
    """Say in a copy's folder what it is."""
    Path(folder, MARKER).write_text(json.dumps(facts) + "\n", encoding="ascii")


def has_facts(folder: Path, facts: dict[str, Any]) -> bool:
    """Whether a folder is a copy that says this of itself."""
    try:
        return bool(json.loads(Path(folder, MARKER).read_bytes()) == facts)
    except (OSError, ValueError):
        return False


def _program() -> Iterator[Path]:
    """All of talkarchive that pages may depend on, in an order that is always the same."""
    folders = [apps.get_app_config("threads").path, *settings.TEMPLATES[0]["DIRS"]]
    for folder in [*folders, *settings.STATICFILES_DIRS]:
        files = (path for path in Path(folder).rglob("*") if path.suffix in KINDS)
        yield from sorted(files)
