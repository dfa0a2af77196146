"""What the parser makes of wikitext, case by case (see cases.py)."""

import pytest

from .cases import Case, load


def _parameter(case: Case) -> object:
    wrong = case.options.get("wrong")
    marks = [pytest.mark.xfail(reason=wrong, strict=True)] if wrong else []
    return pytest.param(case, id=str(case), marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in load()])
def test_case(case: Case) -> None:
    page = case.parse()
    assert case.outline(page) == case.expected
    assert "".join(case.text[item.start : item.end] for item in page.items) == case.text
