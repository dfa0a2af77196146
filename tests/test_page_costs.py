"""What a page costs is measured beside the smallest view with its bytes."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from talkarchive.caches import page_cache
from tests.views.archive import Comment, Section, write_page
from threads.management.page_costs import page_costs


@pytest.mark.django_db
def test_the_costs_are_those_of_the_same_answer(tmp_path: Path, settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "pages": page_cache("", tmp_path, 100)}
    page = write_page("Talk:Bridges", Section("Plan", *[Comment("Ada", "Why?")] * 20))

    costs = page_costs(page.get_absolute_url(), rounds=2)

    assert costs.size == len(Client().get(page.get_absolute_url()).content)
    assert costs.never_seen > costs.seen > 0
    assert costs.never_seen > costs.known > 0
    assert costs.smallest > 0
