"""What the parser makes of wikitext, case by case (see cases.py)."""

import pytest

from .cases import Case, load


@pytest.mark.parametrize("case", load(), ids=str)
def test_case(case: Case) -> None:
    page = case.parse()
    assert case.outline(page) == case.expected
    assert "".join(case.text[item.start : item.end] for item in page.items) == case.text
