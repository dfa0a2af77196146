"""Which addresses of a made-up archive are asked for."""

from urllib.parse import quote, urlencode

from threads.models import Author, Collection, Comment, TalkPage

from .dumps import DBNAME, LONG_TITLE, MadeUp

COLLECTION = "bench"
COLLECTED = 50  # pages of the collection


def flat_pages() -> dict[str, str]:
    """Pages that are to cost the same, however large the archive is, by what they are.

    Makes a collection, where there is none.
    """
    author = Author.objects.order_by("pk")[0]
    latest = Comment.objects.order_by("-timestamp")[0]
    wiki, since = f"/wiki/{DBNAME}/", f"/since/{DBNAME}/"
    return {
        "home": "/",
        "a wiki's index": wiki,
        "a level of its titles": f"{wiki}?{urlencode({'under': 'Talk:Area 7'})}",
        "its index by activity": f"{wiki}?sort=activity",
        "an author": author.get_absolute_url(),
        "an author, by time": f"{author.get_absolute_url()}?order=time",
        "since": f"{since}?day={latest.timestamp:%Y-%m-%d}",
        "since long ago": f"{since}?day=2004-01-01",
        "a collection": _collection().get_absolute_url(),
        "a feed of all": "/feed/",
        "a wiki's feed": f"/feed/wiki/{DBNAME}/",
        "an author's feed": f"/feed{author.get_absolute_url()}",
        "a collection's feed": f"/feed/collection/{COLLECTION}/",
        "comments for programs": "/api/v1/comments?limit=20",
        "pages for programs": f"/api/v1/wikis/{DBNAME}/pages?limit=20",
    }


def _collection() -> Collection:
    found, is_new = Collection.objects.get_or_create(slug=COLLECTION, title="Bench")
    if is_new:
        found.pages.add(*TalkPage.objects.order_by("pk")[:COLLECTED])
    return found


def long_page() -> str:
    """The address of the page with more than a thousand comments."""
    return f"/wiki/{DBNAME}/{quote(LONG_TITLE)}"


def searches(made_up: MadeUp) -> dict[str, str]:
    """Addresses of searches, by what they ask for."""
    latin, chinese, thai = (made_up.vocabularies[number].words for number in (0, 5, 6))
    author = made_up.authors[0].replace(" ", "_")
    queries = {
        "the commonest word": latin[0],
        "two common words": f"{latin[0]} {latin[5]}",
        "three common words": f"{latin[0]} {latin[5]} {latin[9]}",
        "a word of medium frequency": latin[900],
        "a rare word": latin[-1],
        "a common and a rare word": f"{latin[0]} {latin[-2]}",
        "a word that is nowhere": "zzyzx",
        "a phrase of common words": f'"{latin[0]} {latin[1]}"',
        "a phrase of common words that is nowhere": f'"{" ".join(latin[4::-1])}"',
        "a phrase of rare words": f'"{latin[4_000]} {latin[5_000]}"',
        "the beginning of a word": f"{latin[700][:4]}*",
        "a common word without another": f"{latin[0]} -{latin[1]}",
        "an author's common word": f"author:{author} {latin[3]}",
        "a common word in a year": f"{latin[0]} after:2011 before:2012",
        "a common word below a title": f'{latin[0]} page:"Talk:Area 7"',
        "a common word that was answered": f"{latin[2]} has:replies",
        "two Chinese characters": chinese[40][:2],
        "four Chinese characters": f"{chinese[30]}{chinese[31]}"[:4],
        "Thai": thai[30],
    }
    found = {name: _search(q=query) for name, query in queries.items()}
    found["the commonest word, as a feed"] = f"/feed/search?{urlencode({'q': latin[0]})}"
    found["the commonest word, the oldest first"] = _search(q=latin[0], order="oldest")
    found["the commonest word, the best first"] = _search(q=latin[0], order="best")
    return found


def _search(**query: str) -> str:
    return f"/search?{urlencode(query)}"
