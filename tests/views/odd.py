"""An archive whose headings, names and titles are as odd as can be.

One wiki is imported as any is. The rows of the other one are written as they are, for what an
earlier version may have let in.
"""

from itertools import count
from urllib.parse import quote

from threads.edits import RevisionFacts
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Collection, TalkPage, Wiki
from threads.store import count_collection, store_page
from threads.wikitext import parse_page

from .writing import Comment, Section, write_page, write_wiki

CONTROLS = [chr(code) for code in (*range(1, 32), *range(127, 160))]
MARKS = ["\u00a0", "\u00ad", "\u061c", "\u200b", "\u200e", "\u202e", "\u2028", "\u2029", "\u2067"]
NO_CHARACTERS = ["\ufeff", "\ufffd", "\ufffe", "\uffff", "\U0001fffe", "\ue000", "e\u0301"]
# What means something in an address, in HTML, in a database, or in ours.
MEANINGS = [
    *("%", "%41", "%2F", "%2e%2e", "%00", "%%", "?", "?a=b", "#", "#a", "&", "&amp;", ";", "\\"),
    *("+", "=", "@", ":", "'", '"', "<b", ">", "`", "^", "|", "{", "}", "[", "]", "*", "$", "_"),
    *("~", "~2E", "~7E", "~~01", "~00", "ß", "İ", "灯", "😀", "é", "ŕtl"),
]
PATHS = [
    *(".", "..", "/", "//", "///", "./a", "../a", "a/..", "a/.", "a/../b", "a/./b", "/a", "a/"),
    *("http://a.example/../b", "a//b", "/../../..", "...", "a/.../b", ".../..", "%2e%2e/a"),
]
ODD = [*CONTROLS, *MARKS, *NO_CHARACTERS, *MEANINGS, *PATHS]
ON_A_PAGE = 8  # texts: pages are asked for again and again, and large ones take long
# The same, several in one text.
MIXED = ["/".join(ODD[start::24]) for start in range(24)]


def wikitext(texts: list[str], hour: int = 10) -> str:
    """A page with a topic for each text: as its heading, and as the name of who answers there."""
    topics = []
    for number, text in enumerate(texts):
        time = f"{hour:02}:{number % 60:02}, {1 + number // 60} June 2019 (UTC)"
        name = quote(f"N{text}n", safe="")
        topics.append(
            f"== {text} ==\n"
            f"Said first, as in [[#{text}]]. [[User:Ada{text}|Ada]] {time}\n"
            f":Said then. [https://wiki.example/wiki/User:{name} x] {time}\n"
            f"::Said last. [[User:Ben|Ben]] {time}\n"
        )
    return "\n".join(topics)


def import_page(wiki: Wiki, title: str, text: str) -> TalkPage:
    """Import a page as any is."""
    item = start_run(wiki, paste(text, wiki=wiki, title=title)).items.get()
    assert item.page, item.log
    page: TalkPage = item.page
    return page


def write_odd_archive(texts: list[str] = MIXED) -> None:
    """Both wikis, a page that was moved, and a collection; half of the texts have left."""
    wiki = Wiki.objects.create(dbname="oddwiki", server="https://wiki.example")
    for hour, at in zip(count(13, 2), range(0, len(texts), ON_A_PAGE), strict=False):
        some, title = texts[at : at + ON_A_PAGE], f"Talk:100% sure? Yes; no \\ maybe{at or ''}"
        import_page(wiki, title, wikitext(some[::2], hour))
        import_page(wiki, title, wikitext(some[1::2], hour + 1))
    for number, title in enumerate(["Talk:A//B", "Talk:A//C", "Talk:/A/", "Talk:~2E+&'\"", "/a"]):
        text = wikitext(["x"], hour=number)
        store_page(wiki, parse_page(text, title=title), text, RevisionFacts(page_number=number + 1))
    text = wikitext(["y"], hour=12)
    store_page(wiki, parse_page(text, title="Talk:Moved"), text, RevisionFacts(page_number=1))
    old = write_wiki("oldwiki")
    # No version let in a name with “_”, or anything with CR, of which HTML makes LF.
    kept = [text.replace("_", " ").replace("\r", "") for text in texts]
    sections = [Section(text, Comment(f"Ada{text}", "Why?", Comment(text, "So."))) for text in kept]
    for at in range(0, len(sections), ON_A_PAGE):
        write_page(f"Talk:Old{at or ''}", *sections[at : at + ON_A_PAGE], wiki=old)
    for text in kept:
        write_page(f"Old {text}", Section("Plan", Comment("Ben", "Yes.")), wiki=old)
    collection = Collection.objects.create(slug="all", title="All")
    collection.pages.set(TalkPage.objects.all())
    count_collection(collection)
