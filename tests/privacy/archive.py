"""An archive in which a name and some words are everywhere that they can be; and where they are."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from threads import models
from threads.edits import Edit
from threads.export.lines import encode
from threads.export.rows import lines_of
from threads.export.selection import Selection
from threads.ingest.repairing import make_repair
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source, Unusable
from threads.models import Comment, ImportRun, TalkPage, UnsignedText, Wiki
from threads.models.wiki.packing import ZSTD, unpack
from threads.privacy import apply_rule, save_rule, undo_rule
from threads.store import replay

NAME = "Marigold Quill"
NAMED = ("marigold", "goldie")  # what is left nowhere of her
FIRST = datetime(2019, 4, 30, 12, tzinfo=UTC)
WORDS = "The zymurgy cellar belongs to my neighbour"
EDITED = "The zymurgy cellar under the quay belongs to a quixotic neighbour"
SAID = ("zymurgy", "quixotic")  # what is left nowhere of her words
SIGNATURE = "[[User:Marigold Quill|Goldie]] ([[User talk:Marigold Quill|talk]])"
SIGNED = f"{SIGNATURE} 10:00, 1 May 2019 (UTC)"
OPENING = f"""\
An introduction that nobody signed.

== What {NAME} asked ==
Where do we meet? [[User:Ada|Ada]] 09:00, 1 May 2019 (UTC)
"""
UNSIGNED = f"{OPENING}: {WORDS}.\n"
SIGNED_LATER = f"{OPENING}: {WORDS}. {SIGNED}\n"
ANSWERED = f"""\
{OPENING}: {EDITED}.<br>So it is said. {SIGNED}
:: As {NAME} says, {{{{ping|{NAME}}}}}. [[User:Ben|Ben]] 11:00, 1 May 2019 (UTC)
::: See https://lantern.example/wiki/User:Marigold%20Quill and [[user:marigold_Quill/notes|them]]. \
[[User:Ada|Ada]] 12:00, 1 May 2019 (UTC) [[User:{NAME}|M.]] 12:01, 1 May 2019 (UTC)

== Lanterns ==
{{{{archive top|status=done|result=By boat. [[User:{NAME}|Goldie]] 09:00, 5 July 2019 (UTC)}}}}
'''Support''' boats. [[User:Ben|Ben]] 08:00, 3 July 2019 (UTC)
: '''Oppose'''. [[User:Cyd|Cyd]] 08:30, 3 July 2019 (UTC)
{{{{archive bottom}}}}

== Bells ==
We need one. {{{{unsigned|{NAME}|10:30, 2 May 2019 (UTC)}}}}

A second paragraph of somebody. A third one. [[User:Cyd|Cyd]] 08:00, 4 July 2019 (UTC)
: Too loud. [[User:Ben|Ben]] 08:10, 4 July 2019 (UTC)
: Too soft. [[User:Cyd|Cyd]] 08:20, 4 July 2019 (UTC)
"""
RENAMED_HEADING = ANSWERED.replace("== Lanterns ==", "== All lanterns ==")
ARCHIVED = f"== What {NAME} asked ==\n: {WORDS}. {SIGNED}\n"
HERS = f"Welcome, {NAME}! [[User:Ada|Ada]] 10:00, 2 May 2019 (UTC)\n: Thanks. {SIGNED}\n"
ELSEWHERE = "Nothing of hers. [[User:Ada|Ada]] 10:00, 3 May 2019 (UTC)\n"


def state(
    title: str, text: str, number: int, page: int, user: str, summary: str = ""
) -> PageRevision:
    """A page as it was saved once."""
    when = FIRST + timedelta(hours=number + 10)
    parent = number - 1 if number in (12, 13, 14) else 0
    edit = Edit(user, summary, parent_number=parent)
    return PageRevision(title, text, number, when, page, edit=edit)


def revisions() -> list[PageRevision | Unusable]:
    """What is imported, as a dump has it."""
    return [
        state("Talk:Plan", UNSIGNED, 11, 7, NAME, f"/* What {NAME} asked */ {WORDS[:30]}..."),
        state("Talk:Plan", SIGNED_LATER, 12, 7, NAME),
        state(
            "Talk:Plan", ANSWERED, 13, 7, "Ben", f"answer to [[Special:Contributions/{NAME}|her]]"
        ),
        state("Talk:Plan", RENAMED_HEADING, 14, 7, "Cyd"),
        state("Talk:Plan/Archive 1", ARCHIVED, 20, 8, "Archivebot"),
        state(f"User talk:{NAME}", HERS, 21, 9, "Ada"),
        state("Talk:Else", ELSEWHERE, 22, 10, "Ada"),
        Unusable(f"User talk:{NAME}/Hidden", f"{NAME} has hidden its text.", failed=False),
    ]


def make_archive() -> Wiki:
    """The archive; out: its wiki."""
    wiki = Wiki(dbname="lanternwiki", name="Lantern Wiki", server="https://lantern.example")
    for _time in range(2):  # a page that was moved is called by its former title meanwhile
        import_again(wiki)
    split = Comment.objects.current().get(text__startswith="A second paragraph")
    make_repair(
        split,
        "split",
        {"at": "A third one", "author": NAME, "timestamp": "2019-07-04T07:00:00+00:00"},
    )
    soft = Comment.objects.current().get(text__startswith="Too soft")
    make_repair(soft, "author", {"author": NAME}, note=f"It was {NAME}.")
    first = UnsignedText.objects.current().get(text__startswith="An introduction")
    make_repair(first, "author", {"author": NAME})
    for page in TalkPage.objects.all():  # corrections hold for older revisions as well
        replay(page)
    return wiki


def import_again(wiki: Wiki) -> None:
    """Import all of it, as when it was made."""
    moved = PageRevision(f"User talk:{NAME}/2019", HERS, 23, FIRST + timedelta(days=40), 9)
    for given in (revisions(), [moved]):
        titles = [each.title for each in given]
        run = start_run(wiki, Source("dump", given, parameters={"titles": titles}))
        assert run.state == "done", (run.log, [item.log for item in run.items.all()])


def hold(rule: models.PrivacyRule) -> models.PrivacyRule:
    """Save a rule and do it to the archive."""
    save_rule(rule, reason="Asked for by mail.")
    apply_rule(rule)
    return rule


def undo(rule: models.PrivacyRule) -> None:
    """Undo a rule, and what it did to the archive."""
    rule.refresh_from_db()
    undo_rule(rule)
    apply_rule(rule)


# Nothing but undoing reads these; of accounts and what staff did, the documents tell.
APART = {"threads_privacyrule", "threads_withheld", "threads_withheldpage"}


def where_is(words: Iterable[str]) -> list[tuple[str, str]]:
    """The tables and values, of the whole database, that hold any of these words in any case."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - APART)
        found = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in map(_written, row):
                    if any(word in value.lower() for word in words):
                        found.append((table, value))
    return found


def _written(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        data = bytes(value)
        return (unpack(data) if data.startswith(ZSTD) else data).decode(errors="replace")
    return str(value)


def lines() -> list[str]:
    """The archive, as an export and the records of imports have it; with the keys of comments."""
    told = [encode(line).decode() for line in lines_of(Selection())]
    told += [f"author {name}" for name in models.Author.objects.values_list("name", flat=True)]
    told += [f"{item.pk} {item.title} {item.log}" for item in models.ImportItem.objects.all()]
    told += [f"{run.pk} {run.parameters} {run.log}" for run in ImportRun.objects.all()]
    branches = models.TitleBranch.objects.order_by("path")
    told += [f"{each.path} {each.pages} {each.comments}" for each in branches]
    return sorted([*told, *(f"{each.pk} {each.ident}" for each in Comment.objects.all())])


def page_called(title: str) -> TalkPage:
    return TalkPage.objects.get(title=title)
