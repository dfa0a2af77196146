"""TEI for linguists: a corpus with a document for each talk page, and a post for each comment.

The rules are those of the Guidelines of the Text Encoding Initiative, P5 from version 4.8.0 on,
chapter “Computer-mediated Communication”.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from threads.export.discussions import Shown, items_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import Section, TalkPage, UnsignedText
from threads.models.discussion.dating import in_utc
from threads.models.wiki.names import is_bot

from .tei_header import NOTHING, corpus_header, page_header, person_id
from .xml import element, id_of, opened, text_of

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_EMPTY_LINES = re.compile(r"\n{2,}")
# A corpus has a document at least.
NO_PAGE = f"""\
<TEI>
<teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt>{NOTHING}</publicationStmt>\
<sourceDesc>{NOTHING}</sourceDesc></fileDesc></teiHeader>
<text><body><div/></body></text>
</TEI>
"""


def tei(selection: Selection) -> Iterator[bytes]:
    for part in _corpus(selection):
        yield part.encode()


def _corpus(selection: Selection) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{NAMESPACE}">\n'
    yield from corpus_header(selection)
    nothing = NO_PAGE
    for page in pages_of(selection):
        nothing = ""
        yield f"{opened('TEI', {'xml:id': _page_id(page)})}\n{page_header(page)}"
        yield f"{opened('text', {'xml:lang': page.wiki.language})}\n<body>\n"
        yield from _body(page, selection)
        yield "</body>\n</text>\n</TEI>\n"
    yield f"{nothing}</teiCorpus>\n"


def _body(page: TalkPage, selection: Selection) -> Iterator[str]:
    """The page's sections, one in the other, with what is in them."""
    around: list[int] = []  # heading levels of the open sections, 0 before the first heading
    known: set[str] = set()  # IDs of comments so far: others are not answered
    for item in items_of(page, selection):
        if isinstance(item, Section):
            stay = [level for level in around if 0 < level < item.heading_level]
            yield "</div>\n" * (len(around) - len(stay)) + _section_opened(page, item)
            around = [*stay, item.heading_level]
            continue
        if not around:
            around = [0]
            yield "<div>\n"
        yield _comment(page, item, known) if isinstance(item, Shown) else _unsigned(page, item)
    yield "</div>\n" * len(around) or "<div/>\n"


def _section_opened(page: TalkPage, section: Section) -> str:
    if not section.heading:
        return f"{opened('div', {'type': 'section'})}\n"
    facts = {"type": "section", "n": section.anchor, "source": link_to(page, section.anchor)}
    return f"{opened('div', facts)}\n{element('head', section.heading)}\n"


def _comment(page: TalkPage, comment: Shown, known: set[str]) -> str:
    """A comment's post; its ID is then among those that are known."""
    known.add(comment.ident)
    answered = comment.parent_ident if comment.parent_ident in known else None
    signed = comment.timestamp
    facts = {
        "xml:id": _post_id(page, comment.ident),
        "n": comment.ident,
        "type": "comment",
        "subtype": "corrected" if comment.corrected else "",
        "generatedBy": "bot" if is_bot(comment.author_name) else "human",
        "who": f"#{person_id(page.wiki.dbname, comment.author_name)}",
        "when": signed.date().isoformat() if comment.is_day_alone else in_utc(signed),
        "indentLevel": str(comment.depth),
        "replyTo": f"#{_post_id(page, answered)}" if answered else "",
        "source": link_to(page, comment.ident),
    }
    return _post(facts, comment.text)


def _unsigned(page: TalkPage, text: UnsignedText) -> str:
    author = text.author
    who = f"#{person_id(page.wiki.dbname, author.name)}" if author else ""
    return _post({"type": "unsigned", "generatedBy": "unspecified", "who": who}, text.text)


def _post(facts: dict[str, str], text: str) -> str:
    """In: the post's attributes, its text, in which an empty line ends a paragraph."""
    paragraphs = filter(None, _EMPTY_LINES.split(text))
    lines = (text_of(paragraph).replace("\n", "<lb/>\n") for paragraph in paragraphs)
    content = "".join(f"<p>{each}</p>\n" for each in lines)
    return f"{opened('post', {**facts, 'modality': 'written'})}\n{content}</post>\n"


def _page_id(page: TalkPage) -> str:
    """The same in every export."""
    return f"p{sha256(f'{page.wiki.dbname}:{page.title}'.encode()).hexdigest()[:12]}"


def _post_id(page: TalkPage, ident: str) -> str:
    return f"{_page_id(page)}.{id_of(ident)}"
