"""`python -m tests.endurance.correcting N`: correct the author or the parent of so many comments,
each on a page of its own."""

import sys
from itertools import islice

import django
from django.apps import apps
from django.utils.module_loading import import_string


def main(number: str) -> None:
    django.setup()
    make_repair = import_string("threads.ingest.repairing.make_repair")
    comments = apps.get_model("threads", "Comment").objects.current().filter(position__gt=1)
    seen = set[int]()
    found = (
        comment
        for comment in comments.select_related("page__wiki", "author").order_by("position", "pk")
        if comment.page_id not in seen and not seen.add(comment.page_id)  # type: ignore[func-returns-value]
    )
    for place, comment in enumerate(islice(found, int(number))):
        if place % 2 and comment.parent_id:
            make_repair(comment, "parent", {"parent": ""})
        else:
            make_repair(comment, "author", {"author": f"Somebody {place}"}, note="Signed for them.")


if __name__ == "__main__":
    main(*sys.argv[1:])
