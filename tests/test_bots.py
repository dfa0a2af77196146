"""Who calls itself a bot."""

import pytest

from threads.models.wiki.names import is_bot


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("MiszaBot", True),
        ("ClueBot NG", True),
        ("Lowercase sigmabot III", True),
        ("ArchivBot~dewiki", True),
        ("bot", True),
        ("Botanist", False),
        ("Robot lover", False),
        ("Ana", False),
        ("", False),
    ],
)
def test_a_bots_name_tells_so(name: str, *, is_told: bool) -> None:
    assert is_bot(name) is is_told
