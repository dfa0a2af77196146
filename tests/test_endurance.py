"""What `python3 -m tests.endurance` measures is told where its figures are."""

from tests.endurance.parts import AS_ROOT, PARTS, PROGRAMS
from tests.test_house import OPERATIONS


def test_each_part_is_told_with_what_it_needs() -> None:
    told = OPERATIONS.read_text().partition("## Load and fault tests")[2]
    assert {name for name in PARTS if f"| `{name}` |" not in told} == set()
    assert PROGRAMS.keys() | AS_ROOT <= PARTS.keys()
