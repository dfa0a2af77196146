"""For how long what pages say of a comment's age holds."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.views.writing import Comment as Written
from tests.views.writing import Section, write_page
from threads.database.state import archive_state
from threads.models import Comment


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed", "holds"),
    [
        ("2019-05-31T23:59:30+00:00", 60),
        ("2019-05-25T00:00:00+00:00", 60 * 60),
        ("2019-02-01T00:00:00+00:00", 24 * 60 * 60),
    ],
)
def test_ages_are_told_anew_the_sooner_the_younger_a_comment_is(signed: str, holds: int) -> None:
    write_page("Talk:Lamps", Section("Lamps", Written("Ada", "Why?")))
    Comment.objects.update(timestamp=datetime.fromisoformat(signed))
    now = datetime(2019, 6, 1, tzinfo=UTC)

    def told(later: int) -> int:
        return archive_state(now + timedelta(seconds=later)).moment

    assert told(0) == told(holds // 2)
    assert told(0) != told(holds)
