"""The reader's stylesheet and script: files written by hand, joined and packed once.

One file of each kind packs better than many, and needs no further request: so HTMX stands before
the reader's script, in the same file. The joined modules of the script share one scope, so a name
stands at the top of one of them only.
What was made is kept while the server runs, which shows a change after a restart.
"""

import gzip
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from subprocess import run

import brotli
import rcssmin
from django.contrib.staticfiles import finders
from django.urls import reverse

# What every page is made to look like, and what talk pages alone have besides.
EVERYWHERE = ("reader.css", "pages.css", "acts.css")
STYLES = ("wikitext.css", "talk.css", *EVERYWHERE)
MODULES = (
    "js/memory.js",
    "js/page.js",
    "js/dialogs.js",
    "js/preferences.js",
    "js/watching.js",
    "js/unfolding.js",
    "js/menus.js",
    "js/folding.js",
    "js/visits.js",
    "js/place.js",
    "js/contents.js",
    "js/keys.js",
    "js/composer.js",
    "js/following.js",
    "js/previews.js",
    "js/scrolling.js",
    "js/suggesting.js",
    "js/reader.js",
)
WATCHLIST = ("js/memory.js", "watch.js")
# What binds modules to each other: in one scope, nothing has to.
_BINDING = re.compile(r"^(?:import .*|export )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load."""

    kind: str  # its media type
    plain: bytes
    packed: Mapping[str, bytes]  # by the name that HTTP has for the way, the best first
    version: str  # changes with its content


def address_of_asset(name: str) -> str:
    """The address of a file in its present version."""
    return f"{reverse('asset', args=[name])}?{asset_named(name).version}"


def stylesheet(names: Sequence[str]) -> str:
    """These files of static/threads as one, without what browsers do not need."""
    return str(rcssmin.cssmin(_joined(names)))


def script(names: Sequence[str]) -> str:
    """These files of static/threads as one script, in short; in a function, its own names are
    nobody else's."""
    return _minified(f"(() => {{{_BINDING.sub('', _joined(names))}}})()")


# In a process of its own: the minifier is a library in Go, whose calls hang now and then in a
# process that was forked, as gunicorn's are.
_MINIFYING = """
import minify, sys
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write(minify.string("text/javascript", sys.stdin.read()))
"""


def _minified(script: str) -> str:
    command = [sys.executable, "-P", "-c", _MINIFYING]
    return run(command, input=script, capture_output=True, encoding="utf-8", check=True).stdout


def reader(names: Sequence[str]) -> str:
    """HTMX as it comes, and the reader's script."""
    return f"{_joined(['../django_htmx/htmx-2.min.js'])}\n{script(names)}"


# By name: the media type, and of which files it is made, and how.
ASSETS: dict[str, tuple[str, Sequence[str], Callable[[Sequence[str]], str]]] = {
    "reader.css": ("text/css", STYLES, stylesheet),
    "lists.css": ("text/css", (*EVERYWHERE, "lists.css"), stylesheet),
    **{
        f"{name}.css": ("text/css", (f"{name}.css",), stylesheet)
        for name in ("wikitext", "compare", "search", "correct")
    },
    "reader.js": ("text/javascript", MODULES, reader),
    "watch.js": ("text/javascript", WATCHLIST, script),
    "early.js": ("text/javascript", ("early.js",), script),
}
# All of static/threads that they are made of.
FILES = tuple(dict.fromkeys(name for _kind, names, _make in ASSETS.values() for name in names))


def _joined(names: Sequence[str]) -> str:
    paths = [Path(finders.find(f"threads/{name}") or name) for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@cache
def asset_named(name: str) -> Asset:
    """The file as it is sent. Raises KeyError for a name that is none of ASSETS."""
    kind, names, make = ASSETS[name]
    plain = make(names).encode()
    return Asset(
        f"{kind}; charset=utf-8",
        plain,
        {"br": brotli.compress(plain), "gzip": gzip.compress(plain, mtime=0)},
        sha256(plain).hexdigest()[:12],
    )
