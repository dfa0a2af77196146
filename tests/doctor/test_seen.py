"""What an import keeps at fault can be ended in the admin, by what doctor names."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from threads.doctor import examine
from threads.ingest.runs.lifecycle import hold
from threads.models import ImportRun, Wiki
from threads.models.runs.run import State

pytestmark = pytest.mark.django_db

LOST = [  # whose input is gone, so that it can never be imported
    ("dump", {"paths": ["/gone.xml"], "history": False, "project": False}),
    ("paste", {}),
]
AT_FAULT: dict[State, dict[str, Any]] = {
    State.FAILED: {"finished_at": timezone.now()},
    State.RUNNING: {"holder": "elsewhere:1:1", "heartbeat": timezone.now() - timedelta(days=9)},
}


def told() -> list[str]:
    return [each.remedy for each in examine() if each.failed and each.about == "imports"]


@pytest.mark.parametrize("state", AT_FAULT)
@pytest.mark.parametrize(("source", "parameters"), LOST)
def test_the_button_that_the_remedy_names_ends_it(
    admin_client: Client, source: str, parameters: dict[str, object], state: State
) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    run = ImportRun.objects.create(
        source=source, wiki=wiki, state=state, parameters=parameters, **AT_FAULT[state]
    )
    (remedy,) = told()
    button = re.findall("“([^”]+)”", remedy)[-1]
    address = f"/admin/threads/importrun/{run.pk}/change/"
    page = admin_client.get(address).text
    (do,) = re.findall(f'name="do" value="([a-z]+)"[^>]*>{button}<', page)
    assert admin_client.post(address, {"do": do}).status_code == 302
    assert told() == []
    assert f'value="{do}"' not in admin_client.get(address).text


def test_what_was_seen_and_fails_again_is_told_again(admin_client: Client) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    run = ImportRun.objects.create(
        source="paste", wiki=wiki, state=State.FAILED, finished_at=timezone.now()
    )
    admin_client.post(f"/admin/threads/importrun/{run.pk}/change/", {"do": "see"})
    assert told() == []
    run.refresh_from_db()
    hold(run)
    ImportRun.objects.update(state=State.FAILED, finished_at=timezone.now())
    assert len(told()) == 1
