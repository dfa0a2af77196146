"""mbox (RFC 4155): each comment a message, in threads that any mail program shows.

A comment's Message-ID is made of its DiscussionTools ID, an author's address of their name; both
are under “.invalid”, which no mail reaches (RFC 2606).
"""

import re
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote

from threads.export.discussions import Shown, comments_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import TalkPage
from threads.models.discussion.comments import single_spaced

POLICY = default.clone(max_line_length=998)  # the most that RFC 5322 allows: an ID is not folded
# Of a message's references the first stays and the nearest that fit, as in news (RFC 5537, 3.4.4).
LONGEST_REFERENCES = 998 - len("References: ")
LONG = 200  # of a name or ID in an address, which is then a sum of it
_FROM = re.compile(r"^From ", re.M)


def mbox(selection: Selection) -> Iterator[bytes]:
    for page in pages_of(selection):
        references: dict[str, list[str]] = {}
        for comment in comments_of(page, selection):
            parent = comment.parent_ident
            above = _below(references.get(parent, []), message_id(page, parent)) if parent else []
            references[comment.ident] = above
            yield _message(page, comment, above)


def _below(above: list[str], parent: str) -> list[str]:
    """The references of a message, from the first of its thread on. In: those of the message that
    it answers, and the ID of that."""
    references = [*above, parent]
    while len(references) > 2 and len(" ".join(references)) > LONGEST_REFERENCES:
        del references[1]
    return references


def _message(page: TalkPage, comment: Shown, above: list[str]) -> bytes:
    message = EmailMessage(POLICY)
    domain = f"{page.wiki.dbname}.invalid"
    author = Address(single_spaced(comment.author_name), _local(comment.author_name), domain)
    message["From"] = author
    message["Date"] = format_datetime(comment.timestamp)
    topic = single_spaced(comment.heading) or page.title
    message["Subject"] = f"Re: {topic}" if comment.parent_ident else topic
    message["Message-ID"] = message_id(page, comment.ident)
    if above:
        message["In-Reply-To"] = above[-1]
        message["References"] = " ".join(above)
    message["X-Talk-Page"] = page.title
    if comment.corrected:
        message["X-Corrected"] = ", ".join(comment.corrected)
    if address := link_to(page, comment.ident):
        message["Archived-At"] = f"<{quote(address, safe=_IN_ADDRESSES)}>"  # RFC 5064
    message.set_content(comment.text, cte="quoted-printable")
    # Quoted, so that no program takes it for the next message.
    message.set_payload(_FROM.sub("=46rom ", str(message.get_payload())))
    message.set_unixfrom(f"From {author.addr_spec} {comment.timestamp.ctime()}")
    return message.as_bytes(unixfrom=True) + b"\n"


_IN_ADDRESSES = "%/:#?&=@!$'()*+,;~"


def message_id(page: TalkPage, ident: str) -> str:
    """The same in every export; other than that of the same comment on another page."""
    place = sha256(page.title.encode()).hexdigest()[:8]
    return f"<{_local(ident)}@{place}.{page.wiki.dbname}.invalid>"


def _local(text: str) -> str:
    """A text as the part of an address before the “@”."""
    quoted = quote(text, safe="").replace(".", "%2E")
    return quoted if len(quoted) <= LONG else sha256(text.encode()).hexdigest()
