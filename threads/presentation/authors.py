"""An author of a wiki by name, as somebody asks for one."""

from threads.models import Author
from threads.privacy.rules.asked import author_shown


def find_author(dbname: str, name: str) -> Author | None:
    """Who has that name on a wiki, or had it before they were renamed. Two queries at most."""
    authors = Author.objects.select_related("wiki").filter(wiki__dbname=dbname)
    found = authors.filter(name=name).first()
    if found is None and (shown := author_shown(dbname, name)):
        found = authors.filter(name=shown).first()
    return found
