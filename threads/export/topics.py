"""Topics, found by what people copy: an address, an ID or an anchor."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from threads.models import Section, Wiki
from threads.presentation.search.pasted import Pasted, read_pasted


def headings_of(topic: str) -> QuerySet[Section]:
    """The headings with this ID, name or anchor that stand on their pages, on whatever wiki; with
    an address or a title before its “#”, those of that page alone."""
    named = _read(topic)
    headings = Section.objects.current().order_by()
    headings = headings.filter(
        Q(ident=named.fragment) | Q(name=named.fragment) | Q(anchor=named.fragment)
    )
    if named.title:
        headings = headings.filter(page__title=named.title)
    return headings.filter(page__wiki=named.wiki) if named.wiki else headings


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
        return pasted
    return Pasted(fragment=topic.strip().removeprefix("#").replace(" ", "_"))
