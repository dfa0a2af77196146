"""Whatever is asked, what is answered is as the API's description says."""

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from pytest_django import Settings
from schemathesis.schemas import BaseSchema

from tests.views.searching import write_archive
from threads import models

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("API_EXAMPLES", "25"))  # of each request
TOKEN = "the-token"


@pytest.fixture
def archive(db: None, settings: Settings) -> None:
    settings.PARSE_TOKEN = TOKEN
    settings.API_REQUESTS = 0
    write_archive()
    collection = models.Collection.objects.create(slug="plans", title="Plans")
    collection.pages.set(models.TalkPage.objects.all())


@pytest.fixture
def described(archive: None) -> BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"})
