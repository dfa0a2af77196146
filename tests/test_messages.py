"""What went wrong is told to people in words that can be translated: never as an exception's own
text, and never in English alone."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

from talkarchive.bootstrap import BASE_DIR
from tests.test_import_rules import PRODUCT, tree_of

# These are the system's errors in a program's words, as in “[Errno 13] Permission denied: 'x'”.
SYSTEM = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, OSError)
} | {"gaierror", "SSLError", "herror", "timeout", "TransportError", "HTTPError", "ConnectError"}


def system_errors(tree: ast.AST) -> Iterator[tuple[ast.ExceptHandler, str]]:
    """The handlers of a module that catch the system's errors, and what they call them."""
    for handler in ast.walk(tree):
        if isinstance(handler, ast.ExceptHandler) and handler.type and handler.name:
            caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
            if {ast.unparse(kind).rpartition(".")[2] for kind in caught} & SYSTEM:
                yield handler, handler.name


def told(handler: ast.ExceptHandler, name: str) -> Iterator[ast.AST]:
    """Where the error itself is made a part of some text."""

    def is_error(node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id == name

    for node in ast.walk(handler):
        match node:
            case ast.FormattedValue(value=value) if is_error(value):
                yield node
            case ast.BinOp(op=ast.Mod(), right=right):
                parts = right.values if isinstance(right, ast.Dict) else [right]
                yield from (part for part in parts if is_error(part))
            case ast.Call(func=ast.Name(id="str" | "repr"), args=[argument]) if is_error(argument):
                yield node


# What is told to people by its kind: the names of what is called with a sentence.
TOLD = {
    *("BackupError", "UnusableBackup", "CommandError", "BadInput", "Http404", "ExportError"),
    *("failed", "ok", "Error", "Warning", "tell", "_tell"),
}
WORDS = re.compile(r"[a-z]{2,} [a-z]|[a-z]{2,}[.:](?: |$)")


def english_alone(tree: ast.AST) -> Iterator[ast.expr]:
    """The sentences that are told to people, and that nothing marks to be translated."""
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in TOLD:
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                yield from (each for each in given if WORDS.search(written_in(each)))


def written_in(expression: ast.expr) -> str:
    """What is written out in a string, formatted or not; "" for anything else."""
    match expression:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(written_in(value) for value in values)
        case ast.BinOp(left=left, op=ast.Mod()):
            return written_in(left)
    return ""


def is_told_to_developers(path: Path) -> bool:
    """Settings are read before there are languages, and measures are for who develops."""
    return path.parent.name in ("talkarchive", "bench") or path.name.startswith("bench_")


def test_what_is_told_to_people_can_be_translated() -> None:
    found = [
        f"{path.relative_to(BASE_DIR)}:{each.lineno}"
        for path in PRODUCT
        if not is_told_to_developers(path)
        for each in english_alone(tree_of(path))
    ]
    assert not found, f"{found}: mark them by gettext"


def test_the_systems_errors_are_told_by_their_reason() -> None:
    found = [
        f"{path.relative_to(BASE_DIR)}:{getattr(place, 'lineno', handler.lineno)}"
        for path in PRODUCT
        for handler, name in system_errors(tree_of(path))
        for place in told(handler, name)
    ]
    assert not found, f"{found} tell the exception itself: use threads.ingest.reasons.reason"
