"""A small archive that has some of everything that the tables hold, and how it is read."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.test import Client

from threads.edits import Edit
from threads.ingest.repairing import make_repair
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source, Unusable
from threads.models import (
    Collection,
    CollectionPage,
    Comment,
    ImportRun,
    Repair,
    RepairFailure,
    TalkPage,
    Wiki,
)
from threads.store import count_collection

FIRST = datetime(2023, 3, 1, 12, tzinfo=UTC)
PLAN = """\
An introduction that nobody signed.

== The plan ==
We start in May. [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 10:00, 1 May 2019 (UTC)
: Too early, I think. [[User:Ben|Ben]] 10:05, 1 May 2019 (UTC)
:: June, then? [[User:Ada|Ada]] 10:10, 1 May 2019 (UTC)
: Fine with me. [[User:Cyd|Cyd]] 10:20, 1 May 2019 (UTC)

== Lanterns ==
Who brings lanterns? [[User:Cyd|Cyd]] 08:00, 2 July 2023 (UTC)
"""
LATER = (
    PLAN.replace("The plan", "Our plan")
    .replace("Too early, I think.", "Too early, as I said.")
    .replace(": Fine with me. [[User:Cyd|Cyd]] 10:20, 1 May 2019 (UTC)\n", "")
)
ANSWERS = """\
{{archive top|Closed: we go by boat. [[User:Cyd|Cyd]] 09:00, 5 July 2023 (UTC)}}
== Boats or bridges ==
Boats. [[User:Ben|Ben]] 08:00, 3 July 2023 (UTC)
: Bridges ☃ <b>now</b>. [[User:192.0.2.7|192.0.2.7]] 08:30, 3 July 2023 (UTC)
{{archive bottom}}
"""

OLD = """\
A bell, perhaps? --[[User:Ben|Ben]] ([[User talk:Ben|talk]])

We have one. [[User:Cyd|Cyd]] 12 March 2003
: It rings. [[User:Ada|Ada]] 08:00, 4 July 2023 (UTC)
"""
FOG = """\
The fog hides our buoys.
"""
THEFT = Edit("Eve", minor=True, summary_hidden=True, parent_number=16)
MORE_FOG = f"{FOG}\nThe bell has been stolen since.\n"


def make_archive() -> None:
    """Fill an empty archive: histories, a move, repairs, a collection, runs of each ending."""
    user = User.objects.create_user("editor")
    wiki = Wiki(dbname="lanternwiki", name="Lantern Wiki", language="en", timezone="UTC")
    states: list[PageRevision | Unusable] = [
        PageRevision("Talk:Plan", PLAN, 11, FIRST, 7),
        PageRevision("Talk:Plan", LATER, 12, FIRST + timedelta(days=200), 7),
        PageRevision("Talk:Answers", ANSWERS, 13, FIRST + timedelta(days=201), 8),
        PageRevision("Talk:Fog", FOG, 16, FIRST, 9, edit=Edit("Dan", "Fog again", parent_number=0)),
        PageRevision("Talk:Fog", MORE_FOG, 17, FIRST + timedelta(days=1), 9, edit=THEFT),
        PageRevision("Talk:Old", OLD, 18, FIRST + timedelta(days=130), 10),
        Unusable("Talk:Hidden", "The wiki has hidden its text from everybody."),
    ]
    start_run(wiki, Source("dump", states), user)
    moved = PageRevision("Talk:Answers/2023", ANSWERS, 14, FIRST + timedelta(days=202), 8)
    start_run(wiki, Source("dump", [moved]), user)
    start_run(wiki, Source("paste", [PageRevision("Talk:Plan", PLAN, 15)]), user, dry=True)
    question = Comment.objects.current().get(text__startswith="Who brings")
    make_repair(question, "author", {"author": "Dan"}, note="Signed for him.", user=user)
    answers = TalkPage.objects.get(title="Talk:Answers/2023")
    failed = {"page": answers, "since": FIRST, "why": RepairFailure.Why.PARENT}
    RepairFailure.objects.create(repair=Repair.objects.get(), **failed)
    shelf = Collection.objects.create(slug="lanterns", title="Lanterns", introduction="Light.")
    for position, page in enumerate(TalkPage.objects.order_by("title")):
        CollectionPage.objects.create(collection=shelf, page=page, position=position)
    count_collection(shelf)
    ImportRun.objects.update(holder="lantern.example 1 0123456789abcdef")


def read(addresses: Iterable[str]) -> dict[str, tuple[int, str]]:
    """What a reader gets at each address, redirects followed: the status, and what is in it.

    Markup stays in it, white space is folded.
    """
    client = Client(headers={"host": "127.0.0.1"})
    found = {}
    for address in addresses:
        response = client.get(address, follow=True)
        found[address] = response.status_code, re.sub(r"\s+", " ", response.content.decode())
    return found
