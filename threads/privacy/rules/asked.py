"""What somebody asks for by a name that is not shown any more: old links go on leading somewhere.

Asked only where the archive has nothing by that name, so that it costs nothing otherwise.
"""

import re

from django.db.models import QuerySet
from django.http import Http404

from threads.models import PrivacyRule, Wiki

from .holding import Kind, redaction_by, renaming_by, rules_of

# A comment's name at the beginning of its id: how DiscussionTools makes them.
_NAME = re.compile(r"(c-.*?-\d{4}-?\d\d-?\d\dT?\d\d:?\d\d:?\d\d(?:\.000Z)?)-")


class TakenDown(Http404):
    """What was taken down; says why, for readers."""

    status = 410


def idents_shown(ident: str, dbname: str = "") -> list[str]:
    """By what ids or names a comment may be known now that was known by this one.

    In: the wiki's database name, where it is known. A query, and one for each wiki with rules.
    """
    held = _held().exclude(kind=Kind.PAGE)
    wikis = Wiki.objects.filter(pk__in=held.order_by().values("wiki"))
    shown: dict[str, None] = {}
    for wiki in wikis.filter(dbname=dbname) if dbname else wikis:
        redaction = redaction_by(wiki, held.filter(wiki=wiki))
        name = _NAME.match(ident)
        shown |= {
            redaction.ident(ident): None,
            **({redaction.ident(name[1]): None} if name else {}),
        }
    shown.pop(ident, None)
    return list(shown)


def author_shown(dbname: str, name: str) -> str:
    """What somebody who was renamed is called now; "" for everybody else. One query.

    An alias is not told: whoever knows a name is not to learn the alias by it.
    """
    held = _held().filter(kind=Kind.RENAME, wiki__dbname=dbname)
    new = name
    for rule in held:
        renaming = renaming_by(rule)
        new = renaming.new if new == renaming.old else new
    return new if new != name else ""


def title_shown(wiki: Wiki, title: str) -> str:
    """What a page is called now whose title was this one; "" where it is no other.

    Raises TakenDown for a page that is. One query.
    """
    rules = rules_of(wiki)
    if rules is None:
        return ""
    if title in rules.pages:
        raise TakenDown(rules.pages[title])
    shown = rules.redaction.title(title)
    return shown if shown != title else ""


def _held() -> "QuerySet[PrivacyRule]":
    return PrivacyRule.objects.active()
