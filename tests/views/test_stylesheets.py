"""One meaning a class: what one stylesheet makes of it, another one beside it does not change."""

import re
from collections import defaultdict
from pathlib import Path

import tinycss2
from tinycss2.ast import QualifiedRule

from talkarchive.bootstrap import BASE_DIR
from threads.presentation.assets import STYLES

FOLDER = BASE_DIR / "static" / "threads"
ADMINS = {"admin.css"}  # Django's admin loads no other of ours
A_CLASS = re.compile(r"\.([\w-]+)")


def classes(path: Path) -> set[str]:
    """Those that have a rule of their own, wherever they stand."""
    rules = tinycss2.parse_stylesheet(path.read_text(), skip_comments=True, skip_whitespace=True)
    selectors = [
        selector.strip()
        for rule in rules
        if isinstance(rule, QualifiedRule)
        for selector in tinycss2.serialize(rule.prelude).split(",")
    ]
    return {found[1] for selector in selectors if (found := A_CLASS.fullmatch(selector))}


def test_a_class_has_its_rules_in_one_stylesheet() -> None:
    found = defaultdict(set)
    for path in FOLDER.rglob("*.css"):
        name = str(path.relative_to(FOLDER))
        if name not in ADMINS:
            for each in classes(path):
                found[each].add("reader.css" if name in STYLES else name)
    assert len(found) > 100
    assert {each: names for each, names in found.items() if len(names) > 1} == {}
