"""A small archive whose pages are kept."""

from typing import Any
from urllib.parse import quote

from threads.edits import RevisionFacts
from threads.models import Comment, TalkPage, Wiki
from threads.store import store_page
from threads.wikitext import parse_page

TITLE = "Talk:Lamps"
HERE = f"/wiki/lanternwiki/{TITLE}"
ASK = "Shall we light both, as on [[Talk:Oil]]? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
TEXT = f"== Lamps ==\n{ASK}:Yes. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"


def store(text: str = TEXT, title: str = TITLE, *, language: str = "en", **facts: Any) -> TalkPage:
    wiki, _new = Wiki.objects.get_or_create(dbname="lanternwiki", server="https://wiki.example")
    parsed = parse_page(text, title=title, language=language)
    return store_page(wiki, parsed, text, RevisionFacts(**facts)).page


def topic(heading: str, closing: str, day: int = 1) -> str:
    """Wikitext of a topic that is asked on a day of May 2019, and closed an hour later."""
    ask = f"Clean it? [[User:Ada]] 10:00, {day} May 2019 (UTC)\n"
    return f"== {heading} ==\n{ask}: {closing} [[User:Ben]] 11:00, {day} May 2019 (UTC)\n"


def ident() -> str:
    return quote(Comment.objects.get(author__name="Ben", page__title=TITLE).ident, safe="")
