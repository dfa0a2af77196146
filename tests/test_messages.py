"""What went wrong is told to people in words: never as an exception's own text."""

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

from talkarchive.bootstrap import BASE_DIR
from tests.test_import_rules import PRODUCT, name_of

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


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_the_systems_errors_are_told_by_their_reason(path: Path) -> None:
    for handler, name in system_errors(ast.parse(path.read_text())):
        for place in told(handler, name):
            where = f"{path.relative_to(BASE_DIR)}:{getattr(place, 'lineno', handler.lineno)}"
            pytest.fail(f"{where} tells the exception itself: use threads.ingest.reasons.reason")
