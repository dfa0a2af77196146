"""Calls: one use of a template, and which of its arguments a reader sees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# These show the arguments that they are given, in the flow of the page.
SHOWING = frozenset(["show", "wrap", "block", "quote", "settled", "closed", "fold"])
# This shows an argument in place of its word, and both where somebody signs in it.
WORD = "word"
WORD_ARGUMENT = "1"
# These are blocks, even on one line.
BLOCKS = frozenset(["block", "settled", "closed", "fold"])
# These are boxes: they may begin here and end somewhere else.
BOXES = frozenset(["closed", "fold"])


class Argument(NamedTuple):
    """One argument of a use."""

    key: str  # its name, "" where it has none
    start: int  # where its value stands in the page
    end: int
    first: int = 0  # which of the line's nodes show it
    last: int = 0


class ShownArgument(NamedTuple):
    """An argument that a reader sees."""

    argument: Argument
    before: str = ""  # what is written in front of it
    label: str = ""  # its name, where that tells what it is


@dataclass(slots=True)
class Call:
    """One use of a template: what it does, and where its arguments' values stand."""

    name: str
    facts: Mapping[str, Any]
    start: int
    end: int = 0
    arguments: list[Argument] = field(default_factory=list)
    is_notice: bool = False  # one line on how a discussion ended, which has no end of its own

    @property
    def effect(self) -> str:
        return str(self.facts["effect"])

    @property
    def holds_all(self) -> bool:
        """Whether what it closes or folds is one of its arguments."""
        return self.facts.get("body") in self.keyed()

    def close(self, end: int, text: str) -> None:
        """End the use, whose arguments are known, at a place of the page.

        One line without a link cannot be signed: where a template that closes discussions holds
        nothing else, that is no discussion, but how one ended.
        """
        self.end = end
        key = self.facts.get("body")
        held = self.value(key, text) if self.effect == "closed" and key else ""
        if held and "\n" not in held and "[[" not in held:
            facts = {name: fact for name, fact in self.facts.items() if name != "body"}
            self.facts = facts | {"result": [*facts.get("result", ()), key]}
            self.is_notice = True

    def stands_alone(self, text: str) -> bool:
        """Whether it is a block: by what it is, or because it has several lines."""
        if self.effect in BLOCKS or self.facts.get("block"):
            return True
        return "\n" in text[self.start : self.end]

    def keyed(self) -> dict[str, Argument]:
        """The arguments by their keys; the unnamed ones are numbered."""
        found: dict[str, Argument] = {}
        number = 0
        for argument in self.arguments:
            if not argument.key:
                number += 1
            found[argument.key or str(number)] = argument
        return found

    def argument(self, keys: str | Iterable[str], text: str) -> Argument | None:
        """The first of these arguments that is there and not empty."""
        found = self.keyed()
        for key in [keys] if isinstance(keys, str) else keys:
            if key in found and text[found[key].start : found[key].end].strip():
                return found[key]
        return None

    def span(self, keys: str | Iterable[str], text: str) -> tuple[int, int] | None:
        """Where the value of that argument stands; None where there is none."""
        found = self.argument(keys, text)
        return (found.start, found.end) if found else None

    def value(self, keys: str | Iterable[str], text: str) -> str:
        """The text of that argument, trimmed; "" where there is none."""
        span = self.span(keys, text)
        return text[slice(*span)].strip() if span else ""

    def positional(self, text: str) -> list[str]:
        """The values of the unnamed and numbered arguments, trimmed, empty ones left out."""
        values = [
            text[a.start : a.end].strip() for a in self.arguments if not a.key or a.key.isdigit()
        ]
        return [value for value in values if value]

    def parts(self, text: str) -> list[ShownArgument]:
        """The arguments that a reader sees, in the order in which they are seen."""
        facts = self.facts
        if "choose" in facts:
            values = [(a.key, text[a.start : a.end].strip()) for a in self.arguments]
            picked = chosen(facts["choose"], facts["given"], values)
            found = [self.arguments[index] for index in picked]
            named = facts["choose"] != "switch"  # else an "=" is part of what is shown
            names = [f"{a.key}=" if a.key and named else "" for a in found]
            return [ShownArgument(a, " " * (n > 0) + names[n]) for n, a in enumerate(found)]
        if self.effect in BOXES:
            return list(self._roles(("title", "status", "result", "body"), text))
        roles = list(self._roles(("text", "by", "source"), text))
        if roles and roles[0].argument is self.argument(facts.get("text", ()), text):
            return roles
        return [
            ShownArgument(a, " " if number else "", "" if a.key.isdigit() else a.key)
            for number, a in enumerate(self.arguments)
            if a.start < a.end
        ]

    def _roles(self, roles: Sequence[str], text: str) -> Iterator[ShownArgument]:
        """The arguments that the table names for these parts of what is shown."""
        seen: list[Argument] = []
        for role in roles:
            argument = self.argument(self.facts.get(role, ()), text)
            if argument is not None and argument not in seen:
                seen.append(argument)
                yield ShownArgument(argument, " — " if role in ("by", "source") else "")


def chosen(choice: str, given: str, arguments: Sequence[tuple[str, str]]) -> Sequence[int]:
    """Which arguments of a parser function are shown: their indexes.

    `given` is what stands behind its colon, `arguments` are the rest as (key, value). Where
    a template decides, all that could be chosen.
    """
    every = range(len(arguments))
    first = 1 if choice == "ifeq" else 0
    if choice == "gender":
        pick = 2 if len(arguments) > 2 else 0  # nobody's gender is known here
    elif choice == "plural":
        pick = 0 if given == "1" else len(arguments) - 1
    elif choice in ("tag", "grammar"):
        pick = 0
    elif choice not in ("if", "ifeq", "switch") or _is_open(given):
        return every[first:]
    elif choice == "switch":
        return _case(given, arguments)
    elif choice == "if":
        pick = 0 if given else 1
    elif arguments and _is_open(arguments[0][1]):
        return every[1:]
    else:
        pick = 1 if arguments and given == arguments[0][1] else 2
    return every[pick : pick + 1] if pick >= 0 else []


def _is_open(text: str) -> bool:
    return "{{" in text


def _case(given: str, arguments: Sequence[tuple[str, str]]) -> Sequence[int]:
    """Which value {{#switch:given|…}} shows; "a|b=x" means x for both."""
    waiting, default = False, -1
    for index, (key, value) in enumerate(arguments):
        waiting = waiting or (key or value) == given
        if key and waiting:
            return [index]
        if key == "#default":
            default = index
    if arguments and not arguments[-1][0]:
        default = len(arguments) - 1
    return [default] if default >= 0 else []
