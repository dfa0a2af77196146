"""Who may import whom: the rooms of the house and the doors between them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from talkarchive.bootstrap import BASE_DIR
from tests.doors import APART, DOORS

OURS = ("threads", "talkarchive", "tests", "manage")

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


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as it is written; several rules look at it."""
    return ast.parse(path.read_text())


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


def is_open(imported: str, door: str) -> bool:
    """Whether a door leads to what is imported: to a whole room, or to one module of it."""
    return room_of(imported) == door if door in DOORS else within(imported, door)


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def is_ours(name: str) -> bool:
    return name.split(".")[0] in OURS


@cache
def ours_in(path: Path) -> list[str]:
    """The dotted names of ours that a module imports."""
    return [imported for imported in imports(tree_of(path), path) if is_ours(imported)]


def forbidden(path: Path) -> Iterator[str]:
    """What a module imports and its room may not."""
    name = name_of(path)
    room = room_of(name) if name != "threads" else name
    if not room:
        yield f"{name} belongs to no room: say in DOORS what it may import"
        return
    doors = DOORS.get(room, set())
    for imported in ours_in(path):
        if room_of(imported) != room and not any(is_open(imported, door) for door in doors):
            yield (
                f"{name} imports {imported}, but {room} may import only "
                f"{', '.join(sorted(doors)) or 'nothing of ours'}"
            )


def test_modules_import_only_what_their_rooms_may() -> None:
    found = [each for path in PRODUCT for each in forbidden(path)]
    assert not found, "\n".join(found)


def test_what_stands_side_by_side_does_not_import_each_other() -> None:
    found = [
        f"{name_of(path)} imports {name}"
        for path in PRODUCT
        if (room := room_of(name_of(path))) in APART
        for name in ours_in(path)
        if room_of(name) == room
    ]
    assert not found


def test_rooms_and_doors_are_there() -> None:
    there = {name_of(path) for path in PRODUCT}
    assert {*DOORS, *(door for doors in DOORS.values() for door in doors)} <= there


def test_every_door_is_used() -> None:
    used: dict[str, set[str]] = {room: set() for room in DOORS}
    for path in PRODUCT:
        if room := room_of(name_of(path)):
            used[room].update(ours_in(path))
    unused = {
        room: [door for door in doors if not any(is_open(name, door) for name in used[room])]
        for room, doors in DOORS.items()
    }
    assert not {room: doors for room, doors in unused.items() if doors}


def test_rooms_stand_on_floors() -> None:
    """No room imports one that imports it, by whatever way."""
    graph = {room: {room_of(door) for door in doors} for room, doors in DOORS.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_our_own_modules_are_imported_at_the_top() -> None:
    found = [
        f"{function.name}() in {name_of(path)} imports {name}"
        for path in MODULES
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in imports(function, path)
        if is_ours(name)
    ]
    assert not found


def test_the_parser_uses_few_libraries() -> None:
    parser = [path for path in PRODUCT if within(name_of(path), "threads.wikitext")]
    assert parser
    may = {*sys.stdlib_module_names, *PURE, "threads"}
    found = [
        f"{name_of(path)} imports {name}"
        for path in parser
        for name in imports(tree_of(path), path)
        if name.split(".")[0] not in may
    ]
    assert not found


def test_the_parser_loads_without_django() -> None:
    program = "import sys, threads.wikitext; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=BASE_DIR, check=False)
    assert done.returncode == 0
