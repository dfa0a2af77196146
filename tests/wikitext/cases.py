r"""Cases as text: wikitext in, an outline of its threads out. The files are in cases/.

    @ A sentence that says what is true
    % timezone: Europe/Berlin
    == Lamps ==
    The lamp is out. [[User:Heron]] 10:08, 21 June 2019 (CEST)
    =>
    == Lamps ==
      Heron 2019-06-21 08:08
        .text The lamp is out.

Options, lines with "%" right below the name, are "language", "timezone", "title", "wiki" and
"profile" (JSON). \u200e and its like stand for characters that cannot be seen.

The outline has one line an item, indented as its thread is: a heading as in wikitext; a
comment as author and time in UTC, then "inline" or "with" its co-signers; unsigned text as
"unsigned" and the text. Lines with "." give fields of the item above, and a field that is
given anywhere in a case is compared for all its items that have it: those of the item, and
"source", "signed" (the wikitext of the whole, and of the signature). A heading's level and an
unsigned text's text are never among them. The placeholder heading
is left out unless the outline has it, as "(placeholder)". Lines with "!" at the end are the
page's problems, each with the wikitext it is about, and "!." gives their fields as "." does those
of items. Lines with "#" are its closed discussions,
by the heading of what is closed; "#." gives their fields as "." does those of items, empty ones
left out, and "span" is the wikitext of the whole. Lines with "$" are its decided topics, and "$."
gives their fields in the same way. Lines with "+" are its boxes. "! (nothing)", "# (nothing)",
"$ (nothing)" and "+ (nothing)" are a page without any; where there is no such line, they are not
compared. The field "position" of a comment is the stance, the word as written and what told it,
then why it does not count, where it does not; or "none".
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from threads.wikitext import ParsedPage, parse_page
from threads.wikitext.model import Comment, Item, Position, Section, Signature, Unsigned

FOLDER = Path(__file__).parent / "cases"
OPTIONS = {"language", "timezone", "title", "profile", "wiki"}
PLACEHOLDER = "(placeholder)"
NOTHING = "(nothing)"
_FIELD = re.compile(r"^\s*\.(\w+)", re.MULTILINE)
_PROBLEM_FIELD = re.compile(r"^!\.(\w+)", re.MULTILINE)
_CLOSURE_FIELD = re.compile(r"^#\.(\w+)", re.MULTILINE)
_DECISION_FIELD = re.compile(r"^\$\.(\w+)", re.MULTILINE)
_CHARACTER = re.compile(r"\\u([0-9a-f]{4})")


@dataclass
class Case:
    """One case of a file."""

    subject: str  # the file's name
    name: str
    text: str  # the wikitext
    expected: str  # the outline
    options: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.subject}: {self.name}"

    def parse(self) -> ParsedPage:
        return parse_page(
            self.text,
            title=self.options.get("title", "Talk:Harbour lights"),
            language=self.options.get("language", "en"),
            timezone=self.options.get("timezone", "UTC"),
            profile=json.loads(self.options.get("profile", "null")),
            wiki=self.options.get("wiki", ""),
        )

    def outline(self, page: ParsedPage) -> str:
        """The page as an outline, with just the fields that the expected one has."""
        fields = list(dict.fromkeys(_FIELD.findall(self.expected)))
        depths: dict[str | None, int] = {None: 0}
        lines: list[str] = []
        for item in page.items:
            depth = depths[item.parent]
            hidden = item.id == _placeholder(page) and PLACEHOLDER not in self.expected
            depths[item.id] = depth if hidden else depth + 1
            if hidden:
                continue
            lines.append("  " * depth + _headline(item))
            for name in fields:
                value = _value(item, name, self.text)
                if value is not None:
                    lines.append(f"{'  ' * (depth + 1)}.{name} {_shown(value)}".rstrip())
        if re.search("^!", self.expected, re.MULTILINE):
            lines += self._problems(page) or [f"! {NOTHING}"]
        if re.search("^#", self.expected, re.MULTILINE):
            lines += self._closures(page) or [f"# {NOTHING}"]
        if re.search(r"^\$", self.expected, re.MULTILINE):
            lines += self._decisions(page) or [f"$ {NOTHING}"]
        if re.search(r"^\+", self.expected, re.MULTILINE):
            lines += self._boxes(page) or [f"+ {NOTHING}"]
        return "\n".join(lines)

    def _boxes(self, page: ParsedPage) -> list[str]:
        shown = {item.id: _headline(item).strip("= ") for item in page.items}
        return [
            f"+ {'closed ' * box.closed}{'folded ' * box.folded}“{box.label}” "
            f"from {shown[box.first]} to {shown[box.last]}"
            for box in page.boxes
        ]

    def _problems(self, page: ParsedPage) -> list[str]:
        """The problems, with just the fields that the outline has."""
        fields = list(dict.fromkeys(_PROBLEM_FIELD.findall(self.expected)))
        lines: list[str] = []
        for problem in page.problems:
            place = _shown(self.text[problem.start : problem.end])
            lines.append(f"! {problem.code}: {place}".rstrip())
            lines += [f"!.{name} {_shown(getattr(problem, name))}".rstrip() for name in fields]
        return lines

    def _closures(self, page: ParsedPage) -> list[str]:
        """The Closed discussions, with just the fields that the outline has."""
        fields = list(dict.fromkeys(_CLOSURE_FIELD.findall(self.expected)))
        headings = {section.id: section.heading or PLACEHOLDER for section in page.sections}
        lines: list[str] = []
        for closure in page.closures:
            lines.append(f"# {headings[closure.section]}")
            values = {
                name: self.text[closure.start : closure.end]
                if name == "span"
                else _told(getattr(closure, name))
                for name in fields
            }
            lines += [f"#.{name} {_shown(value)}" for name, value in values.items() if value]
        return lines

    def _decisions(self, page: ParsedPage) -> list[str]:
        """The decided topics, with just the fields that the outline has."""
        fields = list(dict.fromkeys(_DECISION_FIELD.findall(self.expected)))
        lines: list[str] = []
        for decision in page.decisions:
            lines.append(f"$ {decision.topic}")
            values = {name: _told(getattr(decision, name)) for name in fields}
            lines += [f"$.{name} {_shown(value)}" for name, value in values.items() if value]
        return lines


def load() -> list[Case]:
    """All cases, file by file."""
    return [
        _case(path.stem, block)
        for path in sorted(FOLDER.glob("*.txt"))
        for block in re.split("^@ ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    ]


def _case(subject: str, block: str) -> Case:
    name, _, rest = block.partition("\n")
    options = {}
    while rest.startswith("% "):
        option, _, rest = rest.partition("\n")
        key, _, value = option[2:].partition(": ")
        assert key in OPTIONS, f"{subject}: {name}: there is no option {key!r}"
        options[key] = value
    text, arrow, expected = f"\n{rest}".partition("\n=>\n")
    assert arrow, f"{subject}: {name}: has no line “=>” between wikitext and outline"
    return Case(subject, name, _unescaped(text[1:]), _unescaped(expected.rstrip()), options)


def _unescaped(text: str) -> str:
    return _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)


def _headline(item: Item) -> str:
    if isinstance(item, Section):
        marks = "=" * item.heading_level
        return PLACEHOLDER if item.placeholder else f"{marks} {item.heading} {marks}"
    if isinstance(item, Comment):
        line = f"{item.author} {_time(item.timestamp)}"
        line += " inline" if item.inline else ""
        others = ", ".join(f"{other.author} {_time(other.timestamp)}" for other in item.cosigners)
        return f"{line} with {others}" if others else line
    return f"unsigned {_shown(item.text)}".rstrip()


def _value(item: Item, name: str, text: str) -> Any:
    if (name, type(item)) in (("level", Section), ("text", Unsigned)):
        return None
    if name == "source":
        return text[item.start : item.end]
    if name == "signed":
        signature: Signature | None = getattr(item, "signature", None)
        return signature and text[signature.start : signature.end]
    if name == "position":
        return _position(item.position) if isinstance(item, Comment) else None
    return getattr(item, name, None)


def _position(position: Position | None) -> str:
    if position is None:
        return "none"
    told = f"{position.stance} “{position.word}” {position.source}"
    return told if position.counts else f"{told}, {position.status}"


def _told(value: Any) -> str:
    """A field of a closed discussion or a decision."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return _time(value) if isinstance(value, datetime) else value or ""


def _shown(value: Any) -> str:
    return str(value).replace("\n", "⏎")


def _time(when: datetime) -> str:
    return when.isoformat(" ", "minutes")[:16]


def _placeholder(page: ParsedPage) -> str | None:
    return next((section.id for section in page.sections if section.placeholder), None)
