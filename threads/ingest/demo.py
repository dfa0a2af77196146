"""The demo archive: talk pages written for this project, in fixtures/demo."""

import tomllib
from pathlib import Path

from django.db import transaction

from threads.models import Wiki
from threads.store import store_page
from threads.wikitext import parse_page


@transaction.atomic
def import_demo(folder: Path) -> int:
    """Import the pages that `folder`/pages.toml lists: all of them, or on an error none.

    Out: how many pages there are now.
    """
    listed = tomllib.loads((folder / "pages.toml").read_text(encoding="utf-8"))
    for dbname, facts in listed["wikis"].items():
        Wiki.objects.get_or_create(dbname=dbname, defaults=facts)
    for entry in listed["pages"]:
        path = folder / entry["file"]
        text = path.read_text(encoding="utf-8").rstrip()
        wiki = Wiki.objects.get(dbname=path.parent.name)
        parsed = parse_page(
            text, title=entry["title"], language=wiki.language, timezone=wiki.timezone
        )
        store_page(wiki, parsed, text, number=entry["revision"], timestamp=entry["timestamp"])
    return len(listed["pages"])
