"""What somebody asks for by a name that is not shown any more.

Of names that were changed, old links go on leading somewhere for ever. Names that are hidden, by an
alias, a mask, or with a comment whose author is hidden, are answered as any that the archive does
not know: a link that led on would tell whoever guesses a name that it is the right one.

Asked only where the archive has nothing by that name, so that it costs nothing otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.db.models import Q, QuerySet
from django.http import Http404

from threads.models import Comment, PrivacyRule, Wiki
from threads.wikitext.redaction.redacting import Redaction

from .holding import Kind, redaction_by

# A comment's name at the beginning of its id: how DiscussionTools makes them.
_NAME = re.compile(r"(c-.*?-\d{4}-?\d\d-?\d\dT?\d\d:?\d\d:?\d\d(?:\.000Z)?)-")


class TakenDown(Http404):
    """What was taken down; says why, for readers."""

    status = 410


@dataclass(frozen=True, slots=True)
class NamesOfToday:
    """What was renamed, and is called otherwise now."""

    by_wiki: Mapping[str, Redaction]  # by renamings alone; by the wiki's database name

    def on(self, dbname: str) -> "NamesOfToday":
        """Those of one wiki."""
        return NamesOfToday({key: each for key, each in self.by_wiki.items() if key == dbname})

    def of_person(self, name: str) -> list[str]:
        """What somebody of that name is called now; nothing for who was not renamed."""
        called = (redaction.name(name) for redaction in self.by_wiki.values())
        return list(dict.fromkeys(each for each in called if each != name))

    def of_ident(self, ident: str) -> str:
        """An id or a name of a section or a comment, with the names of today."""
        for redaction in self.by_wiki.values():
            ident = redaction.ident(ident)
        return ident

    def of_title(self, title: str) -> str:
        """A title, with the names of today."""
        for redaction in self.by_wiki.values():
            title = redaction.title(title)
        return title

    def of_words(self, text: str) -> str:
        """Words, as of a heading, with the names of today."""
        for redaction in self.by_wiki.values():
            text = redaction.words(text)
        return text


def renamings() -> QuerySet[PrivacyRule]:
    """The rules that changed names which readers may know."""
    return PrivacyRule.objects.active().filter(kind=Kind.RENAME)


def names_of_today(dbname: str = "") -> NamesOfToday:
    """The names that were changed on a wiki, or on all. One query."""
    held = renamings().select_related("wiki")
    by_wiki = _by_wiki(held.filter(wiki__dbname=dbname) if dbname else held)
    return NamesOfToday({wiki.dbname: redaction_by(wiki, rules) for wiki, rules in by_wiki})


def names_and_reasons(titles: Iterable[str]) -> tuple[NamesOfToday, dict[tuple[str, str], str]]:
    """The names that were changed on all wikis; and why pages were taken down that had one of these
    titles, by the wiki's database name and the title. One query."""
    taken_down = Q(kind=Kind.PAGE, subject__in=set(titles))
    held = PrivacyRule.objects.active().select_related("wiki")
    by_kind: dict[bool, list[PrivacyRule]] = {True: [], False: []}
    for rule in held.filter(Q(kind=Kind.RENAME) | taken_down):
        by_kind[rule.kind == Kind.RENAME].append(rule)
    names = {wiki.dbname: redaction_by(wiki, rules) for wiki, rules in _by_wiki(by_kind[True])}
    reasons = {(rule.wiki.dbname, rule.subject): rule.reason for rule in by_kind[False]}
    return NamesOfToday(names), reasons


def idents_shown(ident: str, dbname: str = "") -> list[str]:
    """By what ids or names a comment may be known now that was known by this one.

    In: the wiki's database name, where it is known. One query. An id that holds the hidden name
    of whom the comment answers leads on by what stands before that, whatever that is.
    """
    held = PrivacyRule.objects.active().select_related("wiki").exclude(kind=Kind.PAGE)
    shown: dict[str, None] = {}
    for wiki, rules in _by_wiki(held.filter(wiki__dbname=dbname) if dbname else held):
        renamed = redaction_by(wiki, _renamings(rules))
        name = _NAME.match(ident)
        shown |= {
            renamed.ident(ident): None,
            **({renamed.ident(name[1]): None} if name else {}),
        }
    shown.pop(ident, None)
    return list(shown)


def title_shown(wiki: Wiki, title: str) -> str:
    """What a page is called now whose title was this one; "" where it is no other, and where
    the name in it is hidden.

    Raises TakenDown for a page that is. One query.
    """
    held = list(PrivacyRule.objects.active().filter(wiki=wiki)) if wiki.pk else []
    if not held:
        return ""
    hidden = redaction_by(wiki, [rule for rule in held if rule.kind in (Kind.ALIAS, Kind.MASK)])
    if hidden.title(title) != title:
        return ""
    shown = redaction_by(wiki, held)
    for rule in held:
        if rule.kind == Kind.PAGE and title in (rule.subject, shown.title(rule.subject)):
            raise TakenDown(rule.reason)
    now = redaction_by(wiki, _renamings(held)).title(title)
    return now if now != title else ""


def taken_down_at(comments: Iterable[Comment]) -> dict[int, datetime]:
    """When comments were taken down, by primary key; those that have their words are not in it.

    In: comments with their pages. One query.
    """
    held = PrivacyRule.objects.active().filter(kind=Kind.COMMENT).order_by("made_at")
    words = {(rule.wiki_id, unescape(rule.known["words"])): rule.made_at for rule in held}
    said = ((comment.pk, (comment.page.wiki_id, comment.text)) for comment in comments)
    return {pk: words[instead] for pk, instead in said if instead in words}


def _renamings(rules: Iterable[PrivacyRule]) -> list[PrivacyRule]:
    """Those that readers may know, and not those that hide a name: what only these change is not
    led on."""
    return [rule for rule in rules if rule.kind == Kind.RENAME]


def _by_wiki(rules: Iterable[PrivacyRule]) -> Iterator[tuple[Wiki, list[PrivacyRule]]]:
    found: dict[int, tuple[Wiki, list[PrivacyRule]]] = {}
    for rule in rules:
        found.setdefault(rule.wiki_id, (rule.wiki, []))[1].append(rule)
    yield from found.values()
