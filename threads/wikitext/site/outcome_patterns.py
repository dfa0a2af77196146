"""Regular expressions for the words of positions and decisions, from a wiki's row of the table."""

import re
from collections.abc import Iterable, Mapping
from re import Pattern
from typing import Any

from threads.wikitext.markup import alternatives

NEVER = re.compile(r"(?!)")
_MOST_MODIFIERS = 5  # before a word, so that a page cannot make the search take for ever
_MOST_PLACE_WORDS = 4  # of where something is to be merged: "in the article Lamps"
_LONGEST_GAP = 60  # characters between a modal verb and its participle
_ABOUT_PROPOSALS = frozenset(["support", "oppose", "neutral", "yes", "no"])
_QUOTES = '"„“”»«'
_BLANKS = {" ": r"\s+"}
_END = "\n"  # of a word that is no beginning of longer ones
_ENDS = {"*": r"\w*", _END: r"(?!\w)"}


def first(row: Mapping[str, Any], plain: Iterable[str]) -> Pattern[str]:
    """Plain text that begins with a position."""
    after = any_of(row.get("after_first", ()))
    ends = rf"(?=[{_QUOTES}]?\s*(?:[.,;:!(–—-]|$|{after}\b))"
    return compiled(f"{_lead(row)}{word(plain)}{ends}", plain)


def phrase(row: Mapping[str, Any], words: Iterable[str]) -> Pattern[str]:
    """Emphasised words that begin with a position."""
    return compiled(f"{_lead(row)}{word(words)}", words)


def _lead(row: Mapping[str, Any]) -> str:
    """What may stand before a word; looked for a second time behind a negation only, since most
    texts have none."""
    modifiers = any_of([*row.get("modifiers", ()), *row.get("changes", ())])
    lead = rf"(?:{modifiers}[\s,{_QUOTES}-]*){{0,{_MOST_MODIFIERS}}}"
    negation = rf"(?P<negation>{any_of(row.get('negations', ()))}\s+)(?:zu\s+)?"
    return rf"{lead}(?:(?:{negation}|zu\s+){lead})?"


def last(row: Mapping[str, Any], plain: list[str]) -> Pattern[str]:
    """Plain text that ends with a position: only in languages that put the verb last."""
    before = row.get("before_last", ())
    if not before:
        return NEVER
    negation = rf"{any_of(row.get('negations', ()))}\s+"
    lead = rf"(?:{any_of(row.get('modifiers', ()))}[\s-]*){{0,{_MOST_MODIFIERS}}}"
    return re.compile(
        rf"(?:^|[.,;:>→!?–—)-]\s*|\b{any_of(before)}\s+|(?<!\w)(?={negation})"
        rf"|\b{any_of(row.get('before_place', ()))}\s+(?:[^\s.,;:!?]+\s+){{1,{_MOST_PLACE_WORDS}}})"
        rf"(?P<negation>{negation})?{lead}"
        rf"{word(last_words(row, plain))}[\s.!]*$",
        re.IGNORECASE,
    )


def last_words(row: Mapping[str, Any], plain: Iterable[str]) -> tuple[str, ...]:
    """The words with which a comment may end, where a language puts the verb last."""
    if "before_last" not in row:
        return ()
    found = [word for word in plain if word not in row.get("not_last", ())]
    return tuple(word.rstrip("*") for word in [*found, *row.get("only_plain_last", ())])


def passive(row: Mapping[str, Any]) -> Pattern[str]:
    """A sentence such as "Should … be deleted"."""
    participles = [word for many in row.get("participles", {}).values() for word in many]
    return compiled(
        rf"{any_of(row.get('modals', ()))}\s(?:[^.,;:!?]{{0,{_LONGEST_GAP}}}?\s)??"
        rf"(?P<negation>{any_of(row.get('negations', ()))}\s+)?{word(participles)}"
        rf"\s+{any_of(row.get('auxiliaries', ()))}(?!\w)",
        participles,
    )


def concluded(row: Mapping[str, Any]) -> Pattern[str]:
    """A clause that draws a conclusion."""
    words = concluding_words(row)
    return compiled(
        rf"(?<!\w){any_of(row.get('conclusions', ()))}[,:]?\s+"
        rf"(?:{any_of(row.get('modifiers', ()))}[\s-]+){{0,{_MOST_MODIFIERS}}}"
        rf"(?P<negation>{any_of(row.get('negations', ()))}\s+)?{word(words)}"
        rf"(?=\s*(?:[,.;!]|$|{any_of(row.get('after_conclusion', ()))}\b))",
        words,
    )


def concluding_words(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Words of positions on what becomes of a page: others are asked for in many clauses."""
    if "conclusions" not in row:
        return ()
    words = row.get("words", {})
    found = [word for stance in ("keep", "delete") for word in words.get(stance, ())]
    return tuple(word.rstrip("*") for word in found if word not in row.get("not_plain", ()))


def said(row: Mapping[str, Any], plain: Iterable[str]) -> Pattern[str]:
    """A sentence in the first person, with which a comment begins: "I support this"."""
    speakers, objects = row.get("speakers", ()), row.get("said_of", ())
    words = rf"(?P<negation>(?!))?{word(plain)}"
    return compiled(rf"{any_of(speakers)}\s+{words}\s+{any_of(objects)}\b", objects)


def any_of(words: Iterable[str]) -> str:
    """A group for any of these words, the longest first; it matches nothing where there is none."""
    return alternatives.any_of(map(_with_single_blanks, words), _BLANKS)


def word(words: Iterable[str]) -> str:
    """A group "word" for any of these; "keep*" is a beginning of longer words."""
    spelled = map(_with_single_blanks, words)
    ended = (each if each.endswith("*") else f"{each}{_END}" for each in spelled)
    return f"(?P<word>{alternatives.any_of(ended, _BLANKS | _ENDS)})"


def _with_single_blanks(words: str) -> str:
    return " ".join(words.split())


def compiled(pattern: str, words: object) -> Pattern[str]:
    """A pattern whose case does not count; one that matches nothing where there are no words."""
    return re.compile(pattern, re.IGNORECASE) if words else NEVER


def followed(phrases: Iterable[str]) -> Pattern[str]:
    """One of these and what stands behind it up to the end of its sentence."""
    return compiled(rf"{any_of(phrases)}\s*:?\s*(?P<outcome>[^.;\n]{{1,100}})", phrases)


def beginning(words: Iterable[str]) -> Pattern[str]:
    """One of these words, with which a text begins."""
    return compiled(rf"^{any_of(words)}(?!\w)", words)


def heading_bare(words: Iterable[str]) -> Pattern[str]:
    """What marks a heading at its end, without brackets."""
    return compiled(rf"\s(?P<outcome>(?:hier\s+)?{any_of(words)}(?!\w).*)$", words)


def negation_before(negations: Iterable[str]) -> Pattern[str]:
    """A "not" at the end of what stands before a word."""
    return compiled(rf"(?<!\w){any_of(negations)}(?:\s+zu)?\s*$", negations)


def mentioned(row: Mapping[str, Any]) -> Pattern[str]:
    """What stands before a word that is only spoken of: "a reason to", "no reason for us to"."""
    mentions, reasons = row.get("mentions", ()), row.get("reasons", ())
    clause = rf"{any_of(reasons)}(?!\w)[^.;:!?\n]*\s{any_of(row.get('infinitives', ()))}"
    return compiled(rf"(?<!\w)(?:{any_of(mentions)}(?:\s+zu)?|{clause})\s*$", [*mentions, *reasons])


def reported(row: Mapping[str, Any]) -> Pattern[str]:
    """A clause, up to a word, that says what somebody said or asks for reasons: "Ben wants to",
    "why should we"; up to where it goes over to something else."""
    verbs, turns = row.get("reports", ()), [*row.get("changes", ()), *row.get("turns", ())]
    clause = rf"(?:(?!(?<!\w){any_of(turns)}(?!\w))[^.,;:!?\n])*"
    that = rf"(?:,\s+{any_of(row.get('subordinates', ()))}(?!\w){clause})?"
    return compiled(rf"(?<!\w){any_of(verbs)}(?!\w){clause}{that}$", verbs)


def in_first_person(pronouns: Iterable[str]) -> Pattern[str]:
    """A clause, at the end of a text, in which its writer speaks of what they say themselves."""
    return compiled(rf"(?<!\w){any_of(pronouns)}(?!\w)[^.,;:!?\n]*$", pronouns)


def changing(changes: Iterable[str]) -> Pattern[str]:
    """A clause, up to its end, that says that what follows is another position than before."""
    return compiled(rf"(?<!\w){any_of(changes)}(?!\w)[^.,;!?\n]*$", changes)


def attributed(nouns: Iterable[str]) -> Pattern[str]:
    """What follows a word that tells of which kind a noun is: "keep votes"."""
    return compiled(rf"[\s!-]*{word(nouns)}", nouns)


def proposed(row: Mapping[str, Any], words: Mapping[str, str]) -> Pattern[str]:
    """What follows a word for or against what is proposed: "merging", "the deletion"."""
    fates = [word for word, stance in words.items() if stance not in _ABOUT_PROPOSALS]
    before = any_of([*row.get("said_of", ()), *row.get("modifiers", ())])
    return compiled(rf"\s+(?:{before}\s+)?{word([*fates, *row.get('proposals', ())])}", fates)


def numbered(parts: Iterable[str]) -> Pattern[str]:
    """What follows a word for or against one of several proposals: "option 1", "B"."""
    named = rf"(?:{any_of(parts)}\s+)?(?:#?\d+|(?-i:[A-Z]))(?!\w)"
    return compiled(rf"\s+{named}", parts)
