"""People, pages and topics that are called as somebody typed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from threads.models import Author, Section, TalkPage
from threads.search.index.names import Kind, Name, find_names

from .bounds import comments_counted


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that leads somewhere."""

    kind: str  # "page", "topic" or "person"
    label: str
    address: str
    language: str
    facts: str  # what tells it from others of that name


def offers_of(words: str, *, limit: int) -> list[Offer]:
    """What is called so, or begins so: the same name first, then what was much discussed."""
    return [_offer(name) for name in find_names(words, kinds=Kind, limit=limit)]


def offer_of_page(page: TalkPage) -> Offer:
    facts = f"{page.wiki} · {comments_counted(page.comment_count)}"
    return Offer("page", page.title, page.get_absolute_url(), page.wiki.language, facts)


def offer_of_topic(topic: Section) -> Offer:
    """A topic that others have the name of, on other wikis."""
    page = topic.page
    facts = f"{page.wiki} · {page.title} · {comments_counted(topic.comment_count)}"
    return Offer("topic", topic.title, topic.get_absolute_url(), page.wiki.language, facts)


def _offer(name: Name) -> Offer:
    target = name.target
    if isinstance(target, TalkPage):
        return offer_of_page(target)
    if isinstance(target, Section):
        page = target.page
        facts = f"{page.title} · {comments_counted(target.comment_count)}"
        return Offer("topic", target.heading, target.get_absolute_url(), page.wiki.language, facts)
    return offer_of_person(target)


def offer_of_person(author: Author) -> Offer:
    facts = _("who writes on %(wiki)s") % {"wiki": author.wiki}
    return Offer("person", author.name, author.get_absolute_url(), author.wiki.language, facts)
