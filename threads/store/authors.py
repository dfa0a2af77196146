"""Who signed: the authors behind the names that were read."""

from collections.abc import Collection

from threads.models import Author, Wiki
from threads.wikitext.model import Comment

NAME_LENGTH = 255  # MediaWiki's limit; a link with a longer name names nobody there
NAMES_A_QUERY = 500


def author_name(comment: Comment) -> str:
    return comment.author[:NAME_LENGTH]


def author_keys(wiki: Wiki, names: Collection[str]) -> dict[str, int]:
    """The primary keys of the wiki's authors with these names; who is new is added."""
    missing = sorted(names)
    keys: dict[str, int] = {}
    for start in range(0, len(missing), NAMES_A_QUERY):
        some = missing[start : start + NAMES_A_QUERY]
        keys.update(wiki.authors.filter(name__in=some).values_list("name", "pk"))
    new = [Author(wiki=wiki, name=name) for name in missing if name not in keys]
    if new:
        # Another page's import may have added them in this moment.
        added = Author.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["wiki", "name"], update_fields=["name"]
        )
        keys.update((author.name, author.pk) for author in added)
    return keys
