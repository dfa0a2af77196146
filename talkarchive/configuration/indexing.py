"""What search engines may show, and which programs that read the web are kept out."""

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

# The kinds of pages that search engines may show, by the names of their addresses: each page
# once, in its present state.
KINDS = frozenset({"home", "wiki", "page", "author", "collection", "comment"})
# The names by which programs that collect texts for language models obey robots.txt, as their
# makers give them.
AI_CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
    "omgili",
    "PerplexityBot",
    "Timpibot",
)
AI = "ai"  # stands for all of them


def indexed_kinds(given: Sequence[str]) -> frozenset[str]:
    """In: “all”, “none”, or the names of kinds. Raises ImproperlyConfigured for another name."""
    names = frozenset(name.strip().lower() for name in given if name.strip())
    if names == {"all"}:
        return KINDS
    if names == {"none"}:
        return frozenset()
    if not names or not names <= KINDS:
        raise ImproperlyConfigured(
            f"SEARCH_ENGINES is “{','.join(given)}”: set it to all, none, or some of "
            f"{', '.join(sorted(KINDS))}, with commas between them."
        )
    return names


def refused_crawlers(given: Sequence[str]) -> tuple[str, ...]:
    """The names, with those that “ai” stands for. Raises ImproperlyConfigured for what is no name
    by RFC 9309."""
    names = [name.strip() for name in given if name.strip()]
    for name in names:
        if not name.replace("-", "").replace("_", "").isalnum():
            raise ImproperlyConfigured(
                f"REFUSED_CRAWLERS names “{name}”: give the names that programs have in "
                "robots.txt, of letters, digits, “-” and “_”, or “ai”."
            )
    known = AI_CRAWLERS if AI in names else ()
    return tuple(dict.fromkeys([*known, *(name for name in names if name != AI)]))
