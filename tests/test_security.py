"""What every page tells the browser not to do, whatever text it shows."""

import pytest
from django.test import Client

PAGES = ["/", "/comment/c-Nobody-2019-06-21T10:08:00.000Z", "/admin/login/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_only_the_archives_own_files_run_style_or_load(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["img-src"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_script_or_style_of_its_own(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html
    assert " onclick=" not in html
