"""Revisions that only redirect: a page's discussion stays as it was before them."""

from threads.models import Wiki
from threads.wikitext.site.languages import profile_for
from threads.wikitext.site.redirects import redirect_of
from threads.wikitext.site.timestamps import TimestampPattern


class Redirects:
    """Knows the redirects of one wiki."""

    def __init__(self, wiki: Wiki) -> None:
        self._profile = profile_for(wiki.language, wiki.timezone, wiki.profile, wiki.known_as)
        self.timestamps = TimestampPattern(self._profile)

    def target(self, text: str) -> str:
        """Where a page's wikitext redirects to; "" where it does not, or holds comments."""
        redirect = redirect_of(text, self._profile)
        return "" if redirect is None or self.timestamps.find(text) else redirect.target
