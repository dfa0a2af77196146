"""What browsers are told to refuse, for whom HTTPS is promised, and where they report to."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

# For whom HSTS is promised: the archive's host alone, the hosts below it too, or these and
# browsers that were never there, whose makers keep a list. With each, the checks of Django's
# that would ask for more: whether other hosts below the archive's name speak HTTPS, and whether
# their owners want to be on a list that they hardly get off again, only an operator knows.
HSTS = {
    "host": ["security.W005", "security.W021"],
    "subdomains": ["security.W021"],
    "preload": [],
}
# What stands between quotation marks in one header, and before a semicolon in another.
ADDRESS = re.compile(r"(https://[\w.-]+(:\d+)?|(?=/[^/]))(/[\w./~%?&=+:@-]*)?", re.ASCII)
ENDPOINT = "csp"


def image_hosts(names: list[str]) -> list[str]:
    """The hosts in lower case; raises ImproperlyConfigured for what is no host's name."""
    hosts = [name.strip().lower() for name in names if name.strip()]
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", host):
            raise ImproperlyConfigured(
                f"TALKARCHIVE_IMAGES names “{host}”, which is no host: give names without "
                "protocol and path, as in “meta.wikimedia.org,upload.wikimedia.org”."
            )
    return hosts


def reports_address(given: str) -> str:
    """Where browsers report to, "" for nowhere. Raises ImproperlyConfigured for another thing."""
    if given and not ADDRESS.fullmatch(given):
        raise ImproperlyConfigured(
            f"CSP_REPORTS is “{given}”: give an address that begins with https://, or a path of "
            "the archive's own host that begins with /, without blanks, quotation marks, commas "
            "and semicolons."
        )
    return given


def policy(hosts: list[str], reports: str) -> dict[str, list[str]]:
    """What pages may load: they show other people's text, and nothing but the archive's own files
    runs, styles or loads. In: hosts of pictures; where browsers report to, "" for nowhere.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", *(f"https://{host}" for host in hosts)],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    if reports:  # older browsers know the first, newer ones the second
        directives |= {"report-uri": [reports], "report-to": [ENDPOINT]}
    return directives


def tell_endpoints(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the header in which newer browsers look up the endpoint that a policy names."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Reporting-Endpoints"] = f'{ENDPOINT}="{settings.CSP_REPORTS}"'
        return response

    return respond
