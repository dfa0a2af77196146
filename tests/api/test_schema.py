"""Whatever is asked, what is answered is as the API's description says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as bounds
from pytest_django import Settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.once import rows_once
from tests.views.searching import write_archive
from threads import models
from threads.api.site import api
from threads.store import count_collection

pytestmark = pytest.mark.django_db
EXAMPLES = 25  # of each request
# Which parameters go together, and which languages there are, the description says in words only.
CHOOSY = ("/api/v1/comments", "/api/v1/parse")
TOKEN = "the-token"
# What calls the application does not unpack what is packed.
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"}


def write_rows() -> None:
    write_archive()
    collection = models.Collection.objects.create(slug="plans", title="Plans")
    collection.pages.set(models.TalkPage.objects.all())
    count_collection(collection)


archive_once = rows_once(write_rows)


@pytest.fixture
def archive(db: None, settings: Settings) -> Iterator[None]:
    """A small archive, whose connection stays open from one request to the next."""
    settings.PARSE_TOKEN = TOKEN
    settings.API_REQUESTS = 0
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# A copy, which may be changed.
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
schema.app = get_wsgi_application()
schema.location = "/api/v1/openapi.json"


@schema.parametrize()
@bounds(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@pytest.mark.usefixtures("archive")
def test_answers_are_as_described(case: schemathesis.Case[Any]) -> None:
    excluded: list[Any] = [positive_data_acceptance] if case.operation.path in CHOOSY else []
    case.call_and_validate(headers=HEADERS, excluded_checks=excluded)
