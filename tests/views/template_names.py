"""The variables that a template uses and does not set itself, found in its compiled nodes."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.template import Node
from django.template.base import FilterExpression, TokenType, Variable
from django.template.defaulttags import ForNode, RegroupNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode

NODELISTS = ("nodelist", "nodelist_loop", "nodelist_empty", "nodelist_true", "nodelist_false")
# Where a node keeps the name that it gives its result.
RESULTS = ("asvar", "target_var", "var_name", "variable")


def nodes_of(template: str) -> Iterable[Node]:
    compiled: Any = get_template(template)
    return list(compiled.template.nodelist)


def unknown_names(
    nodes: Iterable[Node], known: set[str], rows: Iterable[str], optional: dict[str, set[str]]
) -> Iterator[str]:
    """The variables that these nodes, and what they include, use although nothing gives them.

    In: `known`, the variables that they are given; `rows`, the templates that an include whose
    template is a variable may mean; `optional`, what an included template may do without.
    """
    known = set(known)
    for node in nodes:
        yield from (name for name in _used_by(node) if name not in known)
        inside = known | _bound_by(node)
        if isinstance(node, BlockTranslateNode):
            tokens = [token.contents for token in (*node.singular, *node.plural) if _is_name(token)]
            yield from (name for name in tokens if name.split(".")[0] not in inside)
        if isinstance(node, IncludeNode):
            for template in _included_by(node, rows):
                given = inside | optional.get(template, set())
                yield from unknown_names(nodes_of(template), given, rows, optional)
        if isinstance(node, ExtendsNode):
            parent: Any = node.parent_name
            above = "base.html" if isinstance(parent.var, Variable) else parent.var
            yield from unknown_names(nodes_of(above), known, rows, optional)
        for field in NODELISTS:
            scope = known if field == "nodelist_empty" else inside
            yield from unknown_names(getattr(node, field, ()), scope, rows, optional)
        for _condition, branch in getattr(node, "conditions_nodelists", ()):
            yield from unknown_names(branch, known, rows, optional)
        known |= _results_of([node])


def _is_name(token: Any) -> bool:
    return bool(token.token_type == TokenType.VAR)


def _included_by(node: IncludeNode, rows: Iterable[str]) -> Iterable[str]:
    name = node.template.var if isinstance(node.template, FilterExpression) else node.template
    return rows if isinstance(name, Variable) else [str(name)]


def _bound_by(node: Node) -> set[str]:
    """What a node gives to what stands in it."""
    bound = set(getattr(node, "extra_context", None) or {})
    if isinstance(node, ForNode):
        bound |= {*node.loopvars, "forloop"}
    if isinstance(node, BlockTranslateNode) and node.countervar:
        bound.add(node.countervar)
    return bound


def _results_of(nodes: Iterable[Node]) -> set[str]:
    """The variables that nodes set for what comes behind them, whatever is in branches."""
    found = set()
    for node in nodes:
        found |= {name for field in RESULTS if isinstance(name := getattr(node, field, None), str)}
        for _condition, branch in getattr(node, "conditions_nodelists", ()):
            found |= _results_of(branch)
    return found


def _used_by(node: Node) -> Iterator[str]:
    """The first names of the variables in a node's own expressions."""
    values = {
        field: value
        for field, value in vars(node).items()
        if field not in (*NODELISTS, "parent_name", "origin", "token", "singular", "plural")
    }
    names = _names_in(values)
    # Where regroup looks into its own items, it calls them by the name of its result.
    own = node.var_name if isinstance(node, RegroupNode) else None
    yield from (name for name in names if name != own)


def _names_in(value: Any) -> Iterator[str]:
    if isinstance(value, FilterExpression):
        yield from _names_in(value.var)
        yield from _names_in(
            [argument for _filter, given in value.filters for _, argument in given]
        )
    elif isinstance(value, Variable):
        if value.lookups:
            yield value.lookups[0]
    elif isinstance(value, TokenBase):
        yield from _names_in(
            [getattr(value, field, None) for field in ("value", "first", "second")]
        )
    elif isinstance(value, dict):
        yield from _names_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            if not isinstance(each, Node):
                yield from _names_in(each)
