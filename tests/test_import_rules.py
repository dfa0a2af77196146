"""Who may import whom: the rooms of the house and the doors between them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from talkarchive.bootstrap import BASE_DIR

OURS = ("threads", "talkarchive", "tests", "manage")

# Room: what it may import besides itself. A module belongs to the longest name it begins with.
DOORS = {
    "talkarchive": set[str](),
    "threads.apps": {"threads.checks"},
    "threads.checks": {"threads.views.assets"},
    "threads.wikitext": set[str](),
    "threads.models": set[str](),
    "threads.migrations": {"threads.models"},
    "threads.search": {"threads.models"},
    "threads.store": {"threads.models", "threads.wikitext"},
    "threads.database": set[str](),
    "threads.http.schema": {"threads.database", "threads.http.errors"},
    "threads.ingest": {"threads.database", "threads.models", "threads.wikitext", "threads.store"},
    "threads.compose": {"threads.models", "threads.store"},
    "threads.forms": {"threads.models", "threads.ingest", "threads.search"},
    "threads.http.converters": {"threads.models"},
    "threads.http.methods": set[str](),
    "threads.sitemaps": {"threads.models"},
    "threads.http.logins": set[str](),
    # A page as it once stood is read from kept wikitext the way the store does; nothing is written.
    # A title in an address is read the way an import's is.
    "threads.views": {
        "threads.database",
        "threads.models",
        "threads.search",
        "threads.forms",
        "threads.compose",
        "threads.http.methods",
        "threads.store.past",
        "threads.ingest.titles",
    },
    "threads.feeds": {"threads.models", "threads.search", "threads.forms"},
    "threads.api": {"threads.models", "threads.search", "threads.forms"},
    "threads.templatetags": {"threads.models", "threads.views"},
    "threads.urls": {
        "threads.http.converters",
        "threads.sitemaps",
        "threads.views",
        "threads.feeds",
        "threads.api",
    },
    "threads.admin": {"threads.models", "threads.ingest", "threads.search", "threads.forms"},
    "threads.management": {
        "threads.database",
        "threads.models",
        "threads.ingest",
        "threads.search",
    },
}
PURE = {
    "mwparserfromhell",
    "nh3",
    "pygments",
    "tinycss2",
}  # what the parser uses besides the standard library

MODULES = sorted(
    path
    for folder in ("threads", "talkarchive", "tests")
    for path in (BASE_DIR / folder).rglob("*.py")
)
PRODUCT = [path for path in MODULES if path.parts[len(BASE_DIR.parts)] != "tests"]


def name_of(path: Path) -> str:
    """The module's dotted name."""
    parts = path.relative_to(BASE_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST, path: Path) -> Iterator[str]:
    """The dotted names that a piece of a module imports, relative ones resolved."""
    package = name_of(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str | None:
    rooms = [room for room in DOORS if within(name, room)]
    return max(rooms, key=len, default=None)


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def is_ours(name: str) -> bool:
    return name.split(".")[0] in OURS


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    name = name_of(path)
    if name == "threads":
        room, allowed = name, set[str]()
    else:
        found = room_of(name)
        assert found, f"{name} belongs to no room: say in DOORS what it may import"
        room, allowed = found, {found, *DOORS[found]}
    for imported in imports(ast.parse(path.read_text()), path):
        if is_ours(imported):
            assert any(within(imported, door) for door in allowed), (
                f"{name} imports {imported}, but {room} may import only "
                f"{', '.join(sorted(allowed)) or 'nothing of ours'}"
            )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_our_own_modules_are_imported_at_the_top(path: Path) -> None:
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [name for name in imports(function, path) if is_ours(name)]
            assert not hidden, f"{function.name}() in {name_of(path)} imports {hidden}"


@pytest.mark.parametrize(
    "path", [path for path in PRODUCT if within(name_of(path), "threads.wikitext")], ids=name_of
)
def test_the_parser_uses_few_libraries(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(ast.parse(path.read_text()), path)}
    assert used <= {*sys.stdlib_module_names, *PURE, "threads"}


def test_the_parser_loads_without_django() -> None:
    program = "import sys, threads.wikitext; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=BASE_DIR, check=False)
    assert done.returncode == 0


def test_every_room_in_the_rules_is_named_once() -> None:
    for room, doors in DOORS.items():
        assert all(room_of(door) for door in doors), f"{room} has a door to a room that is not"
