"""Atom as feed readers and archives of feeds take it.

RFC 4287, with paged and archived feeds (RFC 5005), threads (RFC 4685) and licenses (RFC 4946).
"""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

THREADS = "http://purl.org/syndication/thread/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without entries was changed last


def permanent_id(host: str, kind: str, key: int) -> str:
    """The id of an entry: the same for good, whatever becomes of its page and heading.

    In: the archive's host, what the entry is ("comment"), and the primary key of that.
    Out: a URN, by RFC 9562.
    """
    return uuid5(uuid5(NAMESPACE_DNS, host), f"{kind}/{key}").urn


class AtomFeed(Atom1Feed):
    """A feed document. Beside what Django's takes:

    `links`, pairs of a relation and an address; `is_archive`, whether it is one of the documents
    behind the first; `is_complete`, whether it has all that there is. Of an entry: `html` and its
    `language`, `answered` (the id and address of what it answers) and `replies`, how many.
    """

    def root_attributes(self) -> dict[str, str]:
        namespaces = {"xmlns:thr": THREADS, "xmlns:fh": HISTORY}
        return super().root_attributes() | namespaces

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["links"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        handler.addQuickElement("link", "", {"rel": "license", "href": settings.RIGHTS_URL})
        if self.feed["is_archive"]:
            handler.addQuickElement("fh:archive")
        if self.feed["is_complete"]:
            handler.addQuickElement("fh:complete")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("link", "", {"rel": "license", "href": settings.RIGHTS_URL})
        if item["answered"]:
            ref, address = item["answered"]
            handler.addQuickElement(
                "thr:in-reply-to", "", {"ref": ref, "href": address, "type": "text/html"}
            )
        if item["replies"]:
            handler.addQuickElement("thr:total", str(item["replies"]))
        content = {"type": "html", "xml:lang": item["language"]}
        handler.addQuickElement("content", item["html"], content)
