"""What programs that read the web may read here, and what search engines may show."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control

DAY = 24 * 60 * 60  # seconds

# Each page once, in its present state: not its filters, parts and former states, and nothing
# that is only a form or repeats one comment. Stylesheets are asked for by their version.
RULES = """\
User-agent: *
Allow: /assets/
Allow: /sitemap
Disallow: /*?
Disallow: /admin/
Disallow: /cite/
Disallow: /healthz
Disallow: /history/
Disallow: /preview/
Disallow: /reply/
Disallow: /search
Disallow: /since/

Sitemap: {sitemap}
"""
INDEXED = {"home", "wiki", "page", "author", "collection", "comment"}


@cache_control(max_age=DAY, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt, by RFC 9309."""
    rules = RULES.format(sitemap=request.build_absolute_uri(reverse("sitemaps")))
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")


def keep_out_of_indexes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that says so too to engines that come by a link from elsewhere."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        if match and (match.view_name not in INDEXED or request.META.get("QUERY_STRING")):
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware
