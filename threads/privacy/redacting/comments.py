"""What a comment that is taken down is recognized by, from every version of it that is kept."""

from functools import partial

from threads.models import Comment, PrivacyRule, Repair, TalkPage
from threads.models.discussion.comment_ids import spellings_of
from threads.privacy.withheld.originals import Originals
from threads.store import parse_options
from threads.wikitext import ParsedPage
from threads.wikitext.fragment import render_fragment
from threads.wikitext.redaction.comments import lines_of, pieces_of, signatures_of, times_of

from .readings import readings_of, readings_of_originals
from .revisions import TEXTS


def recognize(rule: PrivacyRule) -> None:
    """Let a rule know its comment's names, lines and written times, and who signed it.

    The names are those of before any other rule as well: rules are told from the wikitext that
    was imported.
    """
    joined = [
        each
        for each in Repair.objects.filter(kind=Repair.Kind.JOIN, page__wiki=rule.wiki)
        if each.held_at(rule.made_at)
    ]
    names = frozenset({rule.subject, *rule.known.get("names", ())})
    while more := _parts(joined, names) - names:
        names |= more
    lines, times, pieces, signers = set[str](), set[str](), set[str](), set[str]()
    signatures = set[tuple[str, str]]()
    for page in _pages(rule, names):
        originals = Originals.of_page(page)
        read, whole = readings_of(page), readings_of_originals(page)
        for revision in page.revisions.order_by("pk").iterator(TEXTS):
            shown = revision.text
            text = originals.of(revision, "text", shown)
            ways = whole(text, rule.made_at)
            if shown not in ("", text):
                for now, parsed in zip(read(shown, rule.made_at), ways, strict=True):
                    names |= _names_before(now, parsed, names)
            for parsed in ways:
                lines |= lines_of(text, parsed, names)
                times |= times_of(text, parsed, names)
                pieces |= pieces_of(text, parsed, names)
                signers |= {each.author for each in parsed.comments if each.name in names}
                if rule.new_name:
                    signatures |= signatures_of(text, parsed, names, partial(_plain, page))
    found = {"names": names, "lines": lines, "times": times, "pieces": pieces, "signers": signers}
    found["signatures"] = signatures
    rule.known |= {key: sorted(values) for key, values in found.items()}
    rule.save(update_fields=["known"])


def _plain(page: TalkPage, wikitext: str) -> str:
    return render_fragment(wikitext, title=page.title, **parse_options(page.wiki)).text


def _parts(joined: list[Repair], names: frozenset[str]) -> frozenset[str]:
    """What editors merged with the comments of these names: their words are those of the whole, and
    stay so when that is undone."""
    parts = {(each.page_id, each.value["with"]) for each in joined if each.name in names}
    pages, idents = {page for page, _ in parts}, {ident for _, ident in parts}
    rows = Comment.objects.filter(page__in=pages).with_ids(idents)
    found = rows.values_list("page", "ident", "name")
    return frozenset(name for page, ident, name in found if (page, ident) in parts)


def _pages(rule: PrivacyRule, names: frozenset[str]) -> list[TalkPage]:
    spellings = {spelling for name in names for spelling in spellings_of(name)}
    there = Comment.objects.order_by().with_names(spellings).filter(page__wiki=rule.wiki)
    return list(TalkPage.objects.filter(pk__in=there.values("page")).select_related("wiki"))


def _names_before(shown: ParsedPage, original: ParsedPage, names: frozenset[str]) -> frozenset[str]:
    """What the comments of these names are called in the original text."""
    if len(shown.comments) != len(original.comments):
        return frozenset()
    pairs = zip(shown.comments, original.comments, strict=True)
    return frozenset(before.name for now, before in pairs if now.name in names)
