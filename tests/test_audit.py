"""What is made of pip-audit's answers."""

import json
from typing import Any

import pytest

from tests.audit import UNREACHED, Audit, read

VULNERABILITY = {"id": "PYSEC-2019-1", "fix_versions": ["1.1", "2.0"], "aliases": []}
UNKNOWN = {"name": "wick", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "audit"),
    [
        ([{"name": "oil", "version": "1.0", "vulns": []}], Audit()),
        (
            [{"name": "oil", "version": "1.0", "vulns": [VULNERABILITY]}],
            Audit(["oil 1.0 has PYSEC-2019-1, mended in 1.1, 2.0"]),
        ),
        (
            [{"name": "oil", "version": "1.0", "vulns": [VULNERABILITY | {"fix_versions": []}]}],
            Audit(["oil 1.0 has PYSEC-2019-1, mended in no version yet"]),
        ),
        (
            [UNKNOWN, {"name": "oil", "version": "1.0", "vulns": []}],
            Audit(unanswered="nothing was told of wick"),
        ),
        ([UNKNOWN], Audit(unanswered=UNREACHED)),
        ([], Audit(unanswered=UNREACHED)),
    ],
)
def test_packages_are_vulnerable_or_not_or_not_known(packages: list[Any], audit: Audit) -> None:
    assert read(json.dumps({"dependencies": packages, "fixes": []})) == audit


def test_what_breaks_off_is_no_audit() -> None:
    assert read("") == Audit(unanswered=UNREACHED)
