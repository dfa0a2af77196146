"""What a page's title says."""

import pytest

from threads.views.titles import discussed_title


@pytest.mark.parametrize(
    ("title", "discussed"),
    [
        ("Talk:Bridges", "Bridges"),
        ("talk:Bridges/2019", "Bridges/2019"),
        ("Talk:Bridges: a story", "Bridges: a story"),
        ("User talk:Ada", "User:Ada"),
        ("Help talk: Ferries", "Help:Ferries"),
        ("Village pump", ""),
        ("Project:Village pump", ""),
        ("Talk:", ""),
        ("Small talk", ""),
    ],
)
def test_a_talk_page_discusses_the_page_that_its_title_names(title: str, discussed: str) -> None:
    assert discussed_title(title) == discussed
