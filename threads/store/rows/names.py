"""Whose names stand on a page."""

from collections.abc import Iterator

from threads.wikitext.model import ParsedPage

NAME_LENGTH = 255  # MediaWiki's limit; a link with a longer name names nobody there


def author_name(name: str) -> str:
    """A name that was read, as the archive keeps it."""
    return name[:NAME_LENGTH]


def author_names(parsed: ParsedPage) -> set[str]:
    """Everybody whom a page names: who signed, co-signed, closed a discussion or wrote a text
    without signing it. Each has a page of their own, to which their name leads."""
    return {author_name(name) for name in _read_names(parsed) if name}


def _read_names(parsed: ParsedPage) -> Iterator[str]:
    for comment in parsed.comments:
        yield comment.author
        yield from (signature.author for signature in comment.cosigners)
    yield from (unsigned.account or "" for unsigned in parsed.unsigned)
    yield from (closure.by for closure in parsed.closures)
    yield from (decision.by for decision in parsed.decisions)
