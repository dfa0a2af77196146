"""python -m tests.export.filling demo|reference: fill the archive of the environment.

`reference` are the real talk pages beside the repository: see tests/wikitext/reference.py.
"""

import json
import sys

import django
from django.apps import apps
from django.utils.module_loading import import_string

from tests.wikitext.reference import CORPUS


def demo() -> None:
    import_string("threads.management.commands.demo.import_demo")()


def reference() -> None:
    start_run = import_string("threads.ingest.runs.runner.start_run")
    paste = import_string("threads.ingest.sources.paste.paste")
    wikis = apps.get_model("threads", "Wiki")._default_manager
    for case in sorted((CORPUS / "cases").iterdir()):
        facts = json.loads((case / "meta.json").read_text())
        known = {name: facts[name] for name in ("language", "timezone") if name in facts}
        wiki, _new = wikis.get_or_create(dbname=facts["wiki"], defaults=known)
        text = (case / "page.wikitext").read_text()
        start_run(wiki, paste(text, wiki=wiki, title=f"Talk:{case.name}"))


if __name__ == "__main__":
    django.setup()
    {"demo": demo, "reference": reference}[sys.argv[1]]()
