"""What programs that read the web may read here."""

from django.http import HttpRequest, HttpResponse
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
Disallow: /analysis/
Disallow: /api/
Disallow: /cite/
Disallow: /collection/*/decisions
Disallow: /correct/
Disallow: /decisions/
Disallow: /feed/
Disallow: /healthz
Disallow: /compare/
Disallow: /history/
Disallow: /metrics
Disallow: /person/
Disallow: /preview/
Disallow: /readyz
Disallow: /reply/
Disallow: /search
Disallow: /suggestions
Disallow: /since/
Disallow: /watch/

Sitemap: {sitemap}
"""


@cache_control(max_age=DAY, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt, by RFC 9309."""
    rules = RULES.format(sitemap=request.build_absolute_uri(reverse("sitemaps")))
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")
