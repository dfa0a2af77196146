"""Whether what an earlier version kept has comments dated in the future as the latest."""

from django.db.models import Max

from threads.models import SearchEntry, TalkPage
from threads.models.discussion.dating import latest_date
from threads.search.index.entries import first_key


def is_page_ahead() -> bool:
    """Whether the latest comment of a page is dated in the future: `recount` corrects it."""
    return TalkPage.objects.filter(last_comment_at__gt=latest_date()).exists()


def is_index_ahead() -> bool:
    """Whether a search finds comments dated in the future first: `rebuild_search` corrects it."""
    newest = SearchEntry.objects.aggregate(key=Max("id"))["key"]
    return newest is not None and newest >= first_key(latest_date(), minutes=1)
