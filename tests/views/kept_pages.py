"""A small archive whose pages are kept."""

from typing import Any
from urllib.parse import quote

from threads.models import Comment, TalkPage, Wiki
from threads.store import store_page
from threads.wikitext import parse_page

TITLE = "Talk:Lamps"
HERE = f"/wiki/lanternwiki/{TITLE}"
ASK = "Shall we light both, as on [[Talk:Oil]]? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
TEXT = f"== Lamps ==\n{ASK}:Yes. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"


def store(text: str = TEXT, title: str = TITLE, *, language: str = "en", **facts: Any) -> TalkPage:
    wiki, _new = Wiki.objects.get_or_create(dbname="lanternwiki", server="https://wiki.example")
    return store_page(wiki, parse_page(text, title=title, language=language), text, **facts).page


def ident() -> str:
    return quote(Comment.objects.get(author__name="Ben", page__title=TITLE).ident, safe="")
