"""Where others repeat a name or words that a rule takes away: what it leaves, for staff to see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from threads.models import Author, Comment, PrivacyRule, UnsignedText
from threads.models.discussion.comment_ids import spellings_of
from threads.search.index import texts
from threads.search.tokens.folding import term_of, tokens_of
from threads.search.tokens.marking import Piece, excerpt
from threads.search.tokens.terms import IndexQuery, Term
from threads.wikitext.redaction.redacting import Redaction

from .rules.holding import redaction_by

Kind = PrivacyRule.Kind
Text = Comment | UnsignedText
LOOKED_AT = 300  # texts that the index gives, the newest first
SHOWN = 20
RUN = 7  # words one behind the other that are taken for a quote; of a short comment, all it has …
SHORTEST = 4  # … but not fewer than these, which many say
LOOKED_FOR = 400  # words of a comment
# In any run of words, one of the groups of four stands whole into which the comment is cut.
GROUP = 4
GROUPS_A_QUERY = 16  # PostgreSQL takes longer than twice as long for twice as many
PATIENCE = 3.0  # seconds, after which the other groups are not looked for


@dataclass(frozen=True, slots=True)
class Repeated:
    """A text that has the name or the words, or is signed with the name on another wiki; with its
    page and section."""

    text: Text
    excerpt: list[Piece]


@dataclass(frozen=True, slots=True)
class Repetitions:
    """Some of what a rule leaves, of the whole archive."""

    found: Sequence[Repeated] = ()
    is_whole: bool = True  # there are no others

    def with_more(self, others: "Repetitions") -> "Repetitions":
        """These, and others as far as there is room."""
        found = [*self.found, *others.found]
        is_whole = self.is_whole and others.is_whole and len(found) <= SHOWN
        return Repetitions(found[:SHOWN], is_whole)


def repeated(rule: PrivacyRule) -> Repetitions | None:
    """What others repeat of what a rule takes away; None where it takes away no name and no words
    of somebody. In: a rule that is not saved.

    Of a long comment, it takes `PATIENCE` at most, and the time of one query of the index more.
    """
    if rule.kind in (Kind.RENAME, Kind.ALIAS):
        return _of_name(rule)
    return _of_words(rule) if rule.kind == Kind.COMMENT else None


def _of_name(rule: PrivacyRule) -> Repetitions:
    term = term_of(rule.subject)
    if term is None:
        return Repetitions()
    redaction = redaction_by(rule.wiki, [rule])

    def run_in(text: Text) -> Term | None:
        if text.author is not None and text.author.name == rule.subject:
            return None
        return term if _has(_left_of(text, rule, redaction), term) else None

    return _signed_elsewhere(rule).with_more(_found([term], run_in))


def _signed_elsewhere(rule: PrivacyRule) -> Repetitions:
    """What is signed with the name on other wikis, the newest first."""
    authors = Author.objects.filter(name=rule.subject).exclude(wiki=rule.wiki)
    signed = Comment.objects.current().filter(author__in=list(authors))
    newest = signed.select_related("author", "page__wiki", "section").order_by("-timestamp", "-pk")
    comments = newest.defer("html", "section__html")[: SHOWN + 1]
    found = [Repeated(comment, excerpt(comment.text, [])) for comment in comments]
    return Repetitions(found[:SHOWN], len(found) <= SHOWN)


def _left_of(text: Text, rule: PrivacyRule, redaction: Redaction) -> str:
    """What a rule leaves of a text: it holds on its wiki only."""
    return redaction.words(text.text) if text.page.wiki_id == rule.wiki_id else text.text


def _has(text: str, term: Term) -> bool:
    """Whether a text has a term."""
    return any(piece.marked for piece in excerpt(text, [term]))


def _of_words(rule: PrivacyRule) -> Repetitions:
    names = spellings_of(rule.subject)
    taken = Comment.objects.with_names(names).filter(page__wiki=rule.wiki)
    said = taken.current().values_list("text", flat=True).order_by("pk").first() or ""
    tokens = tokens_of(said)[:LOOKED_FOR]
    length = min(RUN, len(tokens))
    if length < SHORTEST:
        return Repetitions()
    runs = set(_runs(tokens, length))

    def run_in(text: Text) -> Term | None:
        if isinstance(text, Comment) and text.name in names and text.page.wiki_id == rule.wiki_id:
            return None
        there = (run for run in _runs(tokens_of(text.text), length) if run in runs)
        return next(map(Term, there), None)

    groups = [
        Term(tuple(tokens[at : at + GROUP])) for at in range(0, len(tokens) - GROUP + 1, GROUP)
    ]
    return _found(groups, run_in)


def _runs(tokens: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[at : at + length]) for at in range(len(tokens) - length + 1))


def _found(terms: Sequence[Term], run_in: Callable[[Text], Term | None]) -> Repetitions:
    """In: what finds texts in the index; and what gives what such a text repeats."""
    keys, is_whole = _looked_up(list(dict.fromkeys(terms)))
    found = list[Repeated]()
    for text in _texts(keys):
        if run := run_in(text):
            found.append(Repeated(text, excerpt(text.text, [run])))
    return Repetitions(found[:SHOWN], is_whole and len(found) <= SHOWN)


def _looked_up(terms: Sequence[Term]) -> tuple[list[int], bool]:
    """Keys of the index of what has any of these terms, the newest first; whether that is all."""
    keys, is_whole, begin = set[int](), True, monotonic()
    for start in range(0, len(terms), GROUPS_A_QUERY):
        if monotonic() - begin > PATIENCE:
            is_whole = False
            break
        some = tuple(terms[start : start + GROUPS_A_QUERY])
        newest, end = texts.newest(IndexQuery((some,)), limit=LOOKED_AT + 1)
        keys.update(newest)
        is_whole = is_whole and end is None
    return sorted(keys, reverse=True)[:LOOKED_AT], is_whole and len(keys) <= LOOKED_AT


def _texts(keys: Sequence[int]) -> Iterator[Text]:
    """The texts of these keys of the index, in their order."""
    entries = texts.entries(keys)
    beside = ("author", "page__wiki", "section")
    comments = (
        Comment.objects.select_related(*beside)
        .defer("html", "section__html")
        .in_bulk([entry.comment_id for entry in entries if entry.comment_id])
    )
    unsigned = (
        UnsignedText.objects.select_related(*beside)
        .defer("html", "section__html")
        .in_bulk([entry.unsigned_id for entry in entries if entry.unsigned_id])
    )
    for entry in entries:
        kept: Text | None = comments.get(entry.comment_id or 0) or unsigned.get(
            entry.unsigned_id or 0
        )
        if kept is not None:
            yield kept
