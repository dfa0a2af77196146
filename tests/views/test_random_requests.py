"""No request is one at which the archive breaks: whatever its path, query, headers and method.

The same seed gives the same requests. `--requests` says how many; what fails names its number.
"""

import random
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from .everything import every_address
from .odd import MIXED, ODD, write_odd_archive

pytestmark = pytest.mark.django_db

SEED = 1
METHODS = ["GET"] * 12 + ["HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "get", "X"]
READERS = """q wiki order page under sort day title author words from to more view person start
whole branch comment topic as_of place format page since after add""".split()
ADMINS = """q p o all e _popup _to_field _changelist_filters next is_current__exact inline__exact
page__wiki__id__exact page__id__exact wiki__id__exact timestamp__year timestamp__month
timestamp__day latest_comment__timestamp__year imported_at__year kind__exact undone_at__isempty
from number heading_level__exact parser_version__exact user__username wiki__dbname__regex
text__contains""".split()
VALUES = [
    *ODD,
    *("", "0", "-1", "1", "2", "9" * 30, "1" * 5000, "1e9", "٣", "None", "true", "\x00", "a\x00b"),
    *(
        "2019-04-01",
        "0001-01-01",
        "9999-12-31",
        "2019-W01-1",
        "20190401",
        "0000-00-00",
        "9999",
        "12",
    ),
    *("2019-06-21T10:00", "9999-12-31T23:59:59.999999-12:00", "0001-01-01T00:00+14:00", "31"),
    *(
        "last",
        "newest",
        "time",
        "oldest",
        "size",
        "said",
        '"said then"',
        "-said",
        "a OR b",
        "*",
        "(",
    ),
    *("c-Ben-2019-06-01T10:00:00.000Z", "h-", "-2019-99-99T99:99:99.000Z-", "x" * 3000),
]
HEADERS = {
    "Accept-Language": [
        "de",
        "ar;q=0.5, *",
        "zh-hans",
        "x" * 900,
        "%s",
        "../../etc",
        "en\u00e9",
        ";;q=",
    ],
    "If-None-Match": ["*", '""', 'W/"a"', '"', "a,b", "x" * 5000],
    "If-Modified-Since": [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "0",
        "x",
    ],
    "HX-Request": ["true", "false", ""],
    "HX-Boosted": ["true"],
    "HX-Current-URL": ["http://testserver/", "http://[", "%", "\u00e9"],
    "Range": ["bytes=0-1", "bytes=5-1", "bytes=-", "x", "bytes=0-0,1-1"],
    "Host": ["testserver", "evil.example", "[::1", "a b", "127.0.0.1:99999", ""],
    "Accept-Encoding": ["gzip", "br;q=x", "*", "gzip;q=0"],
    "Cookie": [
        "sessionid=x",
        'sessionid="\\000\\000\\000\\000\\000\\000\\000\\000"',
        "csrftoken=%00; django_language=../x",
        'messages=[["__json_message"]]',
        "a=b; ;; =; sessionid",
    ],
    "Referer": ["http://[", "x"],
    "Content-Type": [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=a",
        "x",
    ],
    "X-Forwarded-Proto": ["https", "x"],
}
BODIES = [b"", b"body=x", b"body=%00", b"\xff\x00", b"body=" + b"x" * 30_000, b"--a\r\n", b"{"]


class Requests:
    """Makes requests up, from addresses that there are."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.known = [*every_address(), "/healthz", "/assets/reader.css", "/x", *admin_addresses()]

    def value(self) -> str:
        pick = self.random
        return "".join(pick.choices(VALUES, k=pick.choice([1, 1, 1, 2])))

    def path(self) -> str:
        """An address that there is, or one with something else in place of a part of it."""
        path = self.random.choice(self.known).partition("?")[0]
        if self.random.random() < 0.5:
            return path
        parts = path.split("/")
        parts[self.random.randrange(1, len(parts))] = quote(self.value(), safe="/~")
        return "/".join(parts)

    def query(self) -> str:
        if self.random.random() < 0.3:
            return self.random.choice(self.known).partition("?")[2]
        names = self.random.choices([*READERS, *ADMINS], k=self.random.randrange(4))
        return "&".join(f"{name}={quote(self.value(), safe='')}" for name in names)

    def ask(self, client: Client) -> tuple[int, str]:
        """Send the next request. Out: the answer's status, and what the request was."""
        method, path, query = self.random.choice(METHODS), self.path(), self.query()
        names = self.random.sample(sorted(HEADERS), k=self.random.choice([0, 0, 1, 2, 3]))
        headers = {name: self.random.choice(HEADERS[name]) for name in names}
        kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
        body = self.random.choice(BODIES) if method not in ("GET", "HEAD") else b""
        if path.startswith("/admin/") and method == "POST":
            method = "GET"  # what is posted there is for the tests of the admin
        answer = client.generic(method, f"{path}?{query}", body, kind, headers=headers)
        return answer.status_code, f"{method} {path}?{query} {headers} {kind} {body[:40]!r}"


def admin_addresses() -> list[str]:
    found = [reverse("admin:index"), reverse("admin:login"), reverse("admin:jsi18n")]
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        rows = model._default_manager.order_by("pk").values_list("pk", flat=True)[:3]
        found += [
            reverse(f"{name}_{view}", args=[key]) for key in rows for view in ("change", "history")
        ]
    return found


@pytest.fixture
def number(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--requests"))


def test_no_request_breaks_the_archive(number: int) -> None:
    write_odd_archive(MIXED[::4])
    boss = User.objects.create_superuser("boss", password="x")
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    clients[1].force_login(boss)
    requests = Requests(SEED)
    broken = []
    for at in range(number):
        status, asked = requests.ask(clients[at % 2])
        if clients[1].cookies.get(settings.SESSION_COOKIE_NAME) is None:
            clients[1].force_login(boss)
        if status >= 500:
            broken.append(f"{at}: {status} {asked}")
    assert not broken, "\n".join(broken)
