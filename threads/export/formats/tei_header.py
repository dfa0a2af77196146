"""What a TEI corpus and its documents say of themselves: where they are from, and who wrote."""

from collections.abc import Iterator

from threads.export.discussions import authors_of
from threads.export.selection import Selection, by_bytes
from threads.models import Author, TalkPage, Wiki
from threads.models.discussion.dating import in_utc

from .rights import SENTENCE, rights
from .xml import element, empty, id_of, opened

DECLARED = """\
<encodingDesc>
<editorialDecl>
<interpretation><p>A comment answers (replyTo) what it is indented below (indentLevel), as \
MediaWiki's DiscussionTools reads talk pages; the wiki itself does not record what is answered. \
The attribute n of a post is its DiscussionTools ID.</p></interpretation>
<correction><p>Signatures are left out of the texts; who signed and when is in the attributes who \
and when. Wiki markup is left out as well.</p></correction>
</editorialDecl>
</encodingDesc>
"""
NOTHING = "<p>Nothing is in the archive.</p>"


def corpus_header(selection: Selection) -> Iterator[str]:
    """The header of the whole: its wikis, then everybody who wrote, in the order of names."""
    title = ", ".join(selection.given.values()) or "Talk pages"
    yield f"<teiHeader>\n<fileDesc>\n<titleStmt>{element('title', title)}</titleStmt>\n"
    wikis = Wiki.objects.filter(pk__in=selection.pages().order_by().values("wiki"))
    listed = "".join(_wiki(wiki) for wiki in wikis.order_by(by_bytes("dbname")))
    source = f"<listBibl>\n{listed}</listBibl>" if listed else NOTHING
    yield f"{_published()}<sourceDesc>{source}</sourceDesc>\n</fileDesc>\n"
    yield f"{DECLARED}<profileDesc>\n"
    yield from _people(authors_of(selection))
    yield "</profileDesc>\n</teiHeader>\n"


def _published() -> str:
    name, address = rights()
    license = element("licence", SENTENCE.format(name), {"target": address})
    return (
        "<publicationStmt>\n"
        "<distributor>An archive of talk pages, made by talkarchive</distributor>\n"
        f"<availability>{license}</availability>\n</publicationStmt>\n"
    )


def _wiki(wiki: Wiki) -> str:
    address = empty("ptr", {"target": wiki.server}) if wiki.server else ""
    name = element("title", wiki.name or wiki.dbname)
    return f"<bibl>{name}{address}{element('idno', wiki.dbname, {'type': 'dbname'})}</bibl>\n"


def _people(authors: Iterator[Author]) -> Iterator[str]:
    before = "<particDesc>\n<listPerson>\n"
    for author in authors:
        wiki = author.wiki.dbname
        named = element("persName", author.name, {"type": "userName"})
        facts = {"xml:id": person_id(wiki, author.name), "role": "user", "n": wiki}
        yield f"{before}{opened('person', facts)}{named}</person>\n"
        before = ""
    if not before:
        yield "</listPerson>\n</particDesc>\n"


def person_id(wiki: str, name: str) -> str:
    """The ID of somebody: the same in every export. In: the wiki's database name, the user's."""
    return f"u.{id_of(wiki)}.{id_of(name)}"


def page_header(page: TalkPage) -> str:
    """The header of a page's document."""
    facts = [element("title", page.title, {"type": "main"})]
    if address := page.url_on_wiki:
        facts.append(empty("ptr", {"target": address}))
    if page.last_comment_at:
        when = in_utc(page.last_comment_at)
        facts.append(empty("date", {"type": "last-change", "when": when}))
    if page.number:
        facts.append(element("idno", str(page.number), {"type": "page-id"}))
    language = empty("language", {"ident": page.wiki.language})
    return (
        f"<teiHeader>\n<fileDesc>\n<titleStmt>{element('title', page.title)}</titleStmt>\n"
        "<publicationStmt><p>As the corpus.</p></publicationStmt>\n"
        f"<sourceDesc><bibl>{''.join(facts)}</bibl></sourceDesc>\n</fileDesc>\n"
        f"<profileDesc><langUsage>{language}</langUsage></profileDesc>\n</teiHeader>\n"
    )
