"""Topics, found by what people copy: an address, an ID or an anchor."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from threads.models import Comment, Section, Wiki
from threads.models.discussion.comment_ids import times_in
from threads.presentation.addresses.own import read_own
from threads.presentation.search.pasted import Pasted, read_pasted
from threads.wikitext.site.titles import wikis_title

COMMENT = "c-"  # what the IDs of comments begin with


def headings_of(topic: str) -> QuerySet[Section]:
    """The headings with this ID, name or anchor that stand on their pages, on whatever wiki; of a
    comment's ID or name, that of the topic it is in. With an address or a title before its “#”,
    those of that page alone."""
    named = _read(topic)
    headings = Section.objects.current().order_by()
    if named.fragment.startswith(COMMENT) and times_in(named.fragment):
        headings = headings.filter(_around(named.fragment), heading_level=Section.TOPIC_LEVEL)
    else:
        ident = Q(ident=named.fragment) | Q(name=named.fragment) | Q(anchor=named.fragment)
        headings = headings.filter(ident)
    if named.title:
        titles = {named.title} | ({wikis_title(named.title, named.wiki)} if named.wiki else set())
        headings = headings.filter(page__title__in=titles)
    return headings.filter(page__wiki=named.wiki) if named.wiki else headings


def _around(ident: str) -> Exists:
    """That a comment of this ID or name stands in a section."""
    comments = Comment.objects.current().order_by().filter(Q(ident=ident) | Q(name=ident))
    return Exists(
        comments.filter(
            page=OuterRef("page"),
            position__gte=OuterRef("position"),
            position__lte=OuterRef("last_position"),
        )
    )


def sections_under(topic: str) -> QuerySet[Section]:
    """The same with all sections that are in them."""
    around = headings_of(topic).filter(
        page=OuterRef("page"),
        position__lte=OuterRef("position"),
        last_position__gte=OuterRef("position"),
    )
    return Section.objects.current().order_by().filter(Exists(around))


def _read(topic: str) -> Pasted:
    pasted = read_pasted(topic, Wiki.objects.all())
    if pasted and pasted.fragment:
        own = read_own(pasted.own) if pasted.own else None
        return replace(pasted, fragment=own.topic) if own and own.topic else pasted
    return Pasted(fragment=topic.strip().removeprefix("#").replace(" ", "_"))
