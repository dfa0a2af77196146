"""Talk pages that search engines are asked not to show."""

from django.conf import settings
from django.db.models import Q

from threads.models import TalkPage, Wiki
from threads.wikitext.site.titles import names_of_namespace, namespace_number


def is_hidden(page: TalkPage) -> bool:
    """Whether an admin has hidden the page or its wiki, or its namespace is one of
    `settings.HIDDEN_NAMESPACES`."""
    if page.noindex or page.wiki.noindex:
        return True
    hidden = settings.HIDDEN_NAMESPACES
    return bool(hidden) and namespace_number(page.title, page.wiki) in hidden


def hidden_pages() -> Q:
    """The same of many talk pages, as a condition. One query where namespaces are hidden."""
    condition = Q(noindex=True) | Q(wiki__noindex=True)
    for wiki in Wiki.objects.all() if settings.HIDDEN_NAMESPACES else ():
        for number in settings.HIDDEN_NAMESPACES:
            for name in names_of_namespace(number, wiki):
                condition |= Q(wiki=wiki, title__startswith=f"{name}:")
    return condition
