"""What every page tells the browser not to do, whatever text it shows; and the settings of that."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from talkarchive.configuration.security import policy, reports_address
from tests.forks import completed

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


ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"  # set where a browser runs, which is no server


def run(folder: Path, *command: str, **given: str) -> "subprocess.CompletedProcess[str]":
    """A Python process with this data folder."""
    here = {"TALKARCHIVE_DATA": str(folder), "DATABASE_URL": ""}
    around = {name: value for name, value in os.environ.items() if name != ASYNC_UNSAFE}
    return completed(*command, environment={**around, **here, **given})


@pytest.mark.parametrize("promise", ["", "subdomains", "preload"])
def test_djangos_own_checks_for_servers_find_nothing(tmp_path: Path, promise: str) -> None:
    given = {"HTTPS": "on", "ALLOWED_HOSTS": "talk.example.org", "SECOND_FACTOR": "on"}
    done = run(
        tmp_path,
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        **given,
        **({"HSTS": promise} if promise else {}),
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("promise", "header"),
    [
        ("host", "max-age=31536000"),
        ("subdomains", "max-age=31536000; includeSubDomains"),
        ("preload", "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_https_is_promised_for_the_hosts_that_the_operator_names(
    tmp_path: Path, promise: str, header: str
) -> None:
    asked = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client(SERVER_NAME='127.0.0.1').get('/robots.txt', secure=True)"
        ".headers['Strict-Transport-Security'])"
    )
    given = {"HTTPS": "on", "HSTS": promise, "DJANGO_SETTINGS_MODULE": "talkarchive.settings"}
    done = run(tmp_path, "-c", asked, **given)
    assert done.stdout == f"{header}\n", done.stderr


ELSEWHERE = "https://reports.example.org:8443/csp/talk?from=archive&v=1"


@pytest.mark.parametrize("address", ["/csp-report", ELSEWHERE, "https://reports.example.org"])
def test_browsers_report_to_an_address(client: Client, address: str) -> None:
    assert reports_address(address) == address
    with override_settings(
        CSP_REPORTS=address,
        CONTENT_SECURITY_POLICY={"DIRECTIVES": policy([], address)},
        MIDDLEWARE=["talkarchive.configuration.security.tell_endpoints", *settings.MIDDLEWARE],
    ):
        headers = client.get("/robots.txt").headers
    assert f"report-uri {address};" in f"{headers['Content-Security-Policy']};"
    assert "report-to csp;" in f"{headers['Content-Security-Policy']};"
    assert headers["Reporting-Endpoints"] == f'csp="{address}"'


def test_by_default_they_report_to_nobody(client: Client) -> None:
    headers = client.get("/robots.txt").headers
    assert "report" not in headers["Content-Security-Policy"]
    assert "Reporting-Endpoints" not in headers


@pytest.mark.parametrize(
    "address",
    [
        "on",
        "http://reports.example.org/",
        "//reports.example.org/",
        "/",
        "https://",
        "https://reports.example.org/; script-src *",
        'https://reports.example.org/"',
        "https://reports.example.org/,",
        "https://ada@reports.example.org/",
        "https://reports.example.org/\nX-Header: 1",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_reports_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CSP_REPORTS"):
        reports_address(address)


def test_the_settings_read_where_to_report(tmp_path: Path) -> None:
    given = {"CSP_REPORTS": ELSEWHERE, "DJANGO_SETTINGS_MODULE": "talkarchive.settings"}
    asked = (
        "import django; django.setup(); from django.test import Client; "
        "headers = Client(SERVER_NAME='127.0.0.1').get('/robots.txt').headers; "
        "print(headers['Reporting-Endpoints']); print(headers['Content-Security-Policy'])"
    )
    done = run(tmp_path, "-c", asked, **given)
    assert f'csp="{ELSEWHERE}"' in done.stdout, done.stderr
    assert f"report-uri {ELSEWHERE}" in done.stdout
