"""Rules made and undone. A rule holds for imports from the moment at which it is saved; what is in
the archive is changed in the background."""

import re

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from threads.ingest.errors import BadInput
from threads.models import Author, Comment, PrivacyRule, Revision, TalkPage, Wiki
from threads.wikitext.site.links import normalise_user

from .withheld.originals import Originals

Kind = PrivacyRule.Kind
NOT_IN_NAMES = frozenset("#/<>[]{}|")
_MARKUP = re.compile(r"[\[\]{}|~'_=*#:;<>&]")  # what could be read as wikitext


def rename(
    author: Author, new_name: str, kind: str = Kind.RENAME, *, everywhere: bool = True
) -> PrivacyRule:
    """A rule, unsaved, by which an author has another name: as wikis do, with its first letter in
    upper case. Raises BadInput."""
    name = normalise_user(new_name) or ""
    if not name or NOT_IN_NAMES & {*new_name}:
        said = _("This is not a valid user name. Enter a name without any of %s.")
        raise BadInput("new_name", said % " ".join(sorted(NOT_IN_NAMES)))
    if name == author.name:
        raise BadInput("new_name", _("This is the current name. Enter another name."))
    known = author.wiki.authors.filter(name=name).exists()
    if known and kind == Kind.ALIAS:
        raise BadInput(
            "new_name", _("Somebody in this archive has this name. Enter another alias.")
        )
    held = PrivacyRule.objects.active().filter(wiki=author.wiki, subject=name)
    if held.filter(kind__in=(Kind.RENAME, Kind.ALIAS)).exists():
        raise BadInput(
            "new_name",
            _("Another rule replaces this name. Undo that rule first, or enter another name."),
        )
    longer = author.wiki.authors.filter(name__icontains=author.name).exclude(pk=author.pk)
    spared = sorted({*longer.values_list("name", flat=True)} - {name})
    return PrivacyRule(
        wiki=author.wiki,
        kind=kind,
        subject=author.name,
        new_name=name,
        everywhere=everywhere,
        known={"spared": spared, "is_new": not known},
    )


def mask_addresses(wiki: Wiki) -> PrivacyRule:
    """A rule, unsaved, by which IP addresses of a wiki are masked."""
    return PrivacyRule(wiki=wiki, kind=Kind.MASK)


def take_down_comment(comment: Comment, *, hide_author: bool = False) -> PrivacyRule:
    """A rule, unsaved, by which a comment has no words wherever it stands on its wiki."""
    wiki = comment.page.wiki
    with override(wiki.language):
        signer = _("Removed user") if hide_author else ""
    known = wiki.authors.filter(name=signer).exists()
    return PrivacyRule(
        wiki=wiki,
        kind=Kind.COMMENT,
        subject=comment.name,
        new_name=signer,
        known={"is_new": not known},
    )


def take_down_revision(revision: Revision) -> PrivacyRule:
    """A rule, unsaved, by which a kept version has no text."""
    page = revision.page
    digest = Originals.of_page(page).digest_of(revision)
    subject = str(revision.number) if revision.number else digest
    known = {"revision": revision.pk, "title": page.title}
    return PrivacyRule(wiki=page.wiki, kind=Kind.REVISION, subject=subject, known=known)


def take_down_page(page: TalkPage) -> PrivacyRule:
    """A rule, unsaved, by which a page is not in the archive."""
    title = Originals.of_page(page).of(page, "title", page.title)
    known = {"page": page.pk, "number": page.number, "shown_as": page.title}
    return PrivacyRule(wiki=page.wiki, kind=Kind.PAGE, subject=title, known=known)


def save_rule(
    rule: PrivacyRule, *, reason: str, note: str = "", user: User | None = None
) -> PrivacyRule:
    """Let a rule hold. In: `reason` for readers, `note` for staff. Raises BadInput."""
    rule.reason, rule.note, rule.made_by = " ".join(reason.split()), note, user
    if not rule.reason:
        raise BadInput("reason", _("Enter a reason. Readers will see it."))
    if rule.kind == Kind.COMMENT:
        rule.known["words"] = _words_instead(rule)
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        raise BadInput("reason", _("There is already a rule for this. Undo it first.")) from error
    return rule


def undo_rule(rule: PrivacyRule, user: User | None = None) -> None:
    """Let a rule hold no longer; what it withheld comes back when it is applied. Raises BadInput
    where nothing can come back."""
    if rule.known.get("is_loaded"):
        raise BadInput(
            "subject",
            _("This rule came with an export: the original is not in this archive. Import it."),
        )
    rule.undone_at, rule.undone_by = timezone.now(), user
    rule.state, rule.done_to, rule.log = PrivacyRule.State.WAITING, 0, ""
    rule.save()


def _words_instead(rule: PrivacyRule) -> str:
    """What stands in the wikitext in the place of a comment's words, in the wiki's language."""
    with override(rule.wiki.language):
        said = _("This comment was taken down: %(reason)s") % {"reason": rule.reason}
    return _MARKUP.sub(lambda mark: f"&#{ord(mark[0])};", said)
