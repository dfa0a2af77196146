"""More that is to be taken down, beside what `archive.py` has: one thing for each kind of rule, on
pages of its own, so that all rules can hold in one archive."""

from collections.abc import Callable, Iterable

from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Author, Comment, PrivacyRule, Revision, TalkPage, Wiki
from threads.privacy import (
    mask_addresses,
    rename,
    take_down_comment,
    take_down_page,
    take_down_revision,
)

from .archive import NAME, NAMED, SAID, SIGNED, WORDS, state

ALIASED = "Peregrine Tuft"
HIDDEN = "Isolde Vane"  # who signed what is taken down with its author
ADDRESS, LONG_ADDRESS = "198.51.100.77", "2001:DB8:7:8:9:A:B:C"

TALKS = f"""\
== What {ALIASED} wants ==
A gazebo. [[User:{ALIASED}|Perry]] ([[User talk:{ALIASED}|talk]]) 10:00, 6 May 2019 (UTC)
: So says {ALIASED}. [[User:Ben|Ben]] 11:00, 6 May 2019 (UTC)

== {ADDRESS} and {LONG_ADDRESS} ==
Hedges. [[Special:Contributions/{ADDRESS}|{ADDRESS}]] 10:00, 7 May 2019 (UTC)
: Of box. [[User:Ada|Ada]] 10:30, 7 May 2019 (UTC)
:: Of yew. [[User talk:{LONG_ADDRESS}|{LONG_ADDRESS}]] 11:00, 7 May 2019 (UTC)

== Ponds ==
The obsidian frogs sing all night long. [[User:{HIDDEN}|{HIDDEN}]] 10:00, 8 May 2019 (UTC)
: They do. [[User:Ben|Ben]] 10:30, 8 May 2019 (UTC)
"""
DRAFT = f"{TALKS}The wisteria draft is nobody's. [[User:Ada|Ada]] 10:00, 9 May 2019 (UTC)\n"
GREETED = "[[User:Ada|Ada]] 09:00, 9 May 2019 (UTC)\n"
WHOLE = "== Xylophones ==\nAll of them play. [[User:Ada|Ada]] 10:00, 10 May 2019 (UTC)\n"

OF_TWO = "== Cellars ==\n{}. {}\n: Yes, {}. [[User:Ben|Ben]] 10:30, 11 May 2019 (UTC)\n"
ALIKE = [  # versions that have no number, and show the same under the rules
    OF_TWO.format(WORDS, SIGNED, ADDRESS),
    OF_TWO.format("The zymurgy cellar is quixotic", SIGNED, ADDRESS),
    OF_TWO.format("The zymurgy cellar is quixotic", SIGNED, "198.51.100.78"),
]

# By kind of rule: what is left nowhere, and the rule by which it is gone.
LOOKED_FOR: dict[str, tuple[tuple[str, ...], Callable[[Wiki], PrivacyRule]]] = {
    "rename": (NAMED, lambda _wiki: rename(Author.objects.get(name=NAME), "Renamed user 7")),
    "alias": (
        ("peregrine", "perry"),
        lambda _wiki: rename(Author.objects.get(name=ALIASED), "Author 7", "alias"),
    ),
    "mask": ((ADDRESS, LONG_ADDRESS.lower()), mask_addresses),
    "comment": (SAID, lambda _wiki: take_down_comment(said("The zymurgy", "Talk:Plan"))),
    "comment and its author": (
        ("obsidian", "isolde"),
        lambda _wiki: take_down_comment(said("The obsidian", "Talk:Garden"), hide_author=True),
    ),
    "revision": (
        ("wisteria",),
        lambda _wiki: take_down_revision(Revision.objects.get(number=32)),
    ),
    "page": (("xylophones",), lambda _wiki: take_down_page(TalkPage.objects.get(number=12))),
}


def said(beginning: str, title: str) -> Comment:
    return Comment.objects.current().get(text__startswith=beginning, page__title=title)


def import_crowd(wiki: Wiki) -> None:
    """Import these pages, once or again."""
    given: Iterable[PageRevision] = [
        state("Talk:Garden", TALKS, 31, 11, ALIASED, f"/* What {ALIASED} wants */ a gazebo"),
        state("Talk:Garden", DRAFT, 32, 11, ADDRESS),
        state("Talk:Garden", TALKS, 33, 11, LONG_ADDRESS, f"undo of {ADDRESS}"),
        state("Talk:Band", WHOLE, 34, 12, "Ada"),
        state(f"User talk:{ADDRESS}", f"Hello, {ADDRESS}! {GREETED}", 35, 13, "Ada"),
        state(f"User talk:{ALIASED}", f"Hello, {ALIASED}! {GREETED}", 36, 14, "Ada"),
        *(PageRevision("Talk:Cellar", text) for text in ALIKE),
    ]
    titles = [each.title for each in given]
    run = start_run(wiki, Source("dump", given, parameters={"titles": titles}))
    assert run.state == "done", (run.log, [item.log for item in run.items.all()])
