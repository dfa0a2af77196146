"""What is new on a page to who has read it before: what came to the wiki since."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Wiki

pytestmark = pytest.mark.django_db

OLD = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
MOVED = "== Oil ==\nIs it dear? [[User:Ben]] 10:00, 2 May 2019 (UTC)\n"
NEW = "== Wicks ==\nShort. [[User:Cem]] 10:00, 3 May 2019 (UTC)\n"


def keys_of(client: Client, title: str) -> list[int]:
    """The keys of a page's comments, in its order, as a browser reads them."""
    html = LexborHTMLParser(client.get(f"/wiki/lanternwiki/{title}").text)
    (rows,) = html.css("[data-arrivals]")
    keys, key = [], 0
    for step in str(rows.attributes["data-arrivals"]).split():
        key += int(step.partition(":")[0])
        keys.append(key)
    return keys


def test_what_went_from_one_page_to_another_is_no_news_there(client: Client) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")

    def save(title: str, text: str) -> None:
        start_run(wiki, paste(text, wiki=wiki, title=title))

    save("Talk:Lights", MOVED)
    save("Talk:Lights/Archive", OLD)
    (seen,) = keys_of(client, "Talk:Lights/Archive")
    save("Talk:Lights", "Archived.")
    save("Talk:Lights/Archive", OLD + MOVED + NEW)

    old, moved, new = keys_of(client, "Talk:Lights/Archive")
    assert moved < old == seen < new
