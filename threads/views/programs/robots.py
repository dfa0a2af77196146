"""What programs that read the web may read here."""

from django.conf import settings
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
Disallow: /download/
Disallow: /feed/
Disallow: /healthz
Disallow: /compare/
Disallow: /history/
Disallow: /metrics
Disallow: /person/
Disallow: /preview/
Disallow: /readyz
Disallow: /reply/
Disallow: /revisions/
Disallow: /search
Disallow: /suggestions
Disallow: /since/
Disallow: /watch/
"""
NOTHING = """\
User-agent: *
Disallow: /
"""


@cache_control(max_age=DAY, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt, by RFC 9309."""
    groups = [RULES if settings.INDEXED else NOTHING]
    if settings.REFUSED_CRAWLERS:
        names = [f"User-agent: {name}\n" for name in settings.REFUSED_CRAWLERS]
        groups.append(f"{''.join(names)}Disallow: /\n")
    if settings.ROBOTS_LINES:
        groups.append("".join(f"{line.strip()}\n" for line in settings.ROBOTS_LINES))
    if settings.INDEXED:
        groups.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemaps'))}\n")
    return HttpResponse("\n".join(groups), content_type="text/plain; charset=utf-8")
