"""Facts about languages and wikis: date formats, month names, digits, namespaces.

The tables are in data/; its README names their fields and sources. A language's row holds
MediaWiki's own values, English where it is silent. A wiki's row holds what one of
Wikimedia's wikis has of its own: who knows a page's language only reads the namespace
names of all wikis of that language, since people carry them from one to the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from .outcomes import OutcomeWords, outcome_words
from .overrides import DATE_FIELDS, NAMES, check
from .tables import row_of, table


class UnknownLanguage(LookupError):
    """MediaWiki has no such language code."""


class UnknownTimezone(LookupError):
    """The time zone database has no such name."""


@dataclass(frozen=True, slots=True)
class DateStyle:
    """One way in which a language writes dates."""

    formats: tuple[str, ...]  # PHP date formats: "H:i, j F Y"
    months: tuple[str, ...]  # January first: code F
    months_genitive: tuple[str, ...]  # code xg
    months_short: tuple[str, ...]  # code M
    weekdays: tuple[str, ...]  # Sunday first: code l
    weekdays_short: tuple[str, ...]  # code D
    digits: str  # the ten digits, or "" where they are 0 to 9


@dataclass(frozen=True, slots=True)
class Profile:
    """All that reading a wiki's talk pages needs to know about it."""

    language: str  # MediaWiki's code
    direction: str  # "ltr" or "rtl"
    timezone: str  # IANA name
    dates: tuple[DateStyle, ...]  # the language's own, then its variants'
    zones: Mapping[str, tuple[str, ...]]  # abbreviation -> what signatures write for it
    user: frozenset[str]  # namespace names, lower case: "user", "benutzer", "benutzerin"
    user_talk: frozenset[str]
    special: frozenset[str]
    contributions: frozenset[str]  # names of Special:Contributions, lower case
    file: frozenset[str]
    category: frozenset[str]
    words: Mapping[str, frozenset[str]]  # "switches": "__NOTOC__"; see data/README.md
    templates: Mapping[str, Mapping[str, Any]]  # name, lower case -> what it does: the same
    magic: Mapping[str, str]  # magic word, as written -> MediaWiki's own name of it
    messages: Mapping[str, str]  # the key of a message, lower case -> its text
    namespaces: Mapping[str, int]  # names of all namespaces, lower case -> MediaWiki's number
    namespace_names: Mapping[int, str]  # what the wiki calls them
    trail: str  # regular expression: what behind a link is a part of it; "" for nothing
    prefix: str  # regular expression: the characters that are, before a link; "" for none
    outcomes: OutcomeWords  # how positions are taken, and discussions decided
    wiki: str = ""  # database name; "" where it is not known


def known_languages() -> list[tuple[str, str]]:
    """(code, name of the language in itself), sorted by code."""
    return [
        (code, facts.get("autonym") or code) for code, facts in sorted(table("languages").items())
    ]


def other_codes() -> list[str]:
    """Further codes that are read for one of the known ones."""
    return sorted(table("aliases"))


def language_facts(code: str) -> dict[str, Any]:
    """A language's row, English where it is silent. Raises UnknownLanguage."""
    languages = table("languages")
    code = code.strip().lower().replace("_", "-")
    code = table("aliases").get(code, code)
    if code not in languages:
        raise UnknownLanguage(
            f"MediaWiki has no language “{code}”: give its code, such as “en”, “de” or “zh-hant”."
        )
    return {**languages["en"], "fallback": ["en"], **languages[code], "code": code}


def direction(code: str) -> str:
    """ "ltr" or "rtl"; "ltr" for a language that is not known."""
    try:
        return str(language_facts(code).get("dir", "ltr"))
    except UnknownLanguage:
        return "ltr"


def wiki_timezone(dbname: str) -> str:
    """The zone of one of Wikimedia's wikis by its database name; UTC for every other."""
    return str(_wiki(dbname).get("timezone", "UTC"))


def _wiki(dbname: str) -> dict[str, Any]:
    return dict(table("wikis").get(dbname, {}))


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The time zone. Raises UnknownTimezone."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise UnknownTimezone(
            f"There is no time zone “{name}”: give an IANA name, such as “UTC” or “Europe/Berlin”."
        ) from error


@lru_cache(maxsize=256)
def zone_abbreviations(name: str) -> tuple[str, ...]:
    """What the zone has been called, in summer and winter, since wikis have existed."""
    tz = zone(name)
    names = (
        datetime(y, m, 15, tzinfo=tz).tzname() for y in range(2001, 2038) for m in range(1, 13)
    )
    return tuple(dict.fromkeys(n for n in names if n))


def profile_for(
    language: str = "en",
    timezone: str = "UTC",
    profile: Mapping[str, Any] | None = None,
    wiki: str = "",
) -> Profile:
    """The profile of a wiki from its language and zone, with what it has of its own.

    `wiki` is the database name of one of Wikimedia's wikis: the names and templates that it
    alone has are added; for a name that is not known, nothing is.
    `profile` may give "formats", "months", "months_genitive", "months_short", "weekdays",
    "weekdays_short" (lists), "digits" (ten characters, or "" for 0 to 9), "zones"
    (abbreviation to list of texts): they replace the language's; and "user", "user_talk",
    "special", "contributions", "file", "category" (lists of names): they are added to it;
    and "templates" (name to facts, as in data/templates.json): they go before all others.
    Raises UnknownLanguage, UnknownTimezone, BadProfile.
    """
    found = _language_profile(language, timezone)
    if wiki:
        templates = {**found.templates, **table("templates").get(wiki, {})}
        names = _with_names(found, _wiki(wiki))
        outcomes = outcomes_for(language, wiki)
        found = replace(found, templates=templates, wiki=wiki, outcomes=outcomes, **names)
    if profile is None or profile == {}:
        return found
    check(profile)
    first = found.dates[0]
    given = {k: tuple(profile[k]) for k in DATE_FIELDS if k in profile}
    digits = "".join(profile.get("digits", first.digits))
    own = replace(first, **given, digits="" if digits == "0123456789" else digits)
    names = _with_names(found, profile)
    templates = {template_key(k): v for k, v in profile.get("templates", {}).items()}
    zones = {**found.zones, **{k: (*v, k) for k, v in profile.get("zones", {}).items()}}
    return replace(
        found,
        dates=(own, *found.dates[1:]),
        zones=zones,
        templates={**found.templates, **templates},
        **names,
    )


def outcomes_for(language: str, wiki: str = "") -> OutcomeWords:
    """The words by which a wiki's pages are searched for positions and decisions: those of
    every wiki, where the language is not known. `wiki` is its database name."""
    try:
        scopes = _scopes(str(language_facts(language)["code"]))
    except UnknownLanguage:
        scopes = ("*",)
    known = table("outcomes")  # most wikis share what their language has
    return _outcomes(*(scope for scope in (*scopes, wiki) if scope in known))


def template_key(name: str) -> str:
    """The name by which the tables know a template: lower case, single blanks."""
    return " ".join(name.replace("_", " ").split()).lower()


def _with_names(profile: Profile, row: Mapping[str, Any]) -> dict[str, Any]:
    """The profile's names, with those that a row adds to them."""
    return {k: getattr(profile, k) | _lowered(row[k]) for k in NAMES if k in row}


def _lowered(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


@lru_cache(maxsize=256)
def _language_profile(language: str, timezone: str) -> Profile:
    facts = language_facts(language)
    variants = [{**facts, **variant} for variant in facts.get("variants", ())]
    code = facts["code"]
    family = _scopes(code)[1:]
    rows = [facts, *(row for row in table("wikis").values() if row.get("language") == code)]
    numbers, proper = _namespaces(["en", *family])
    around = _around_links(["en", *family])
    return Profile(
        language=code,
        direction=facts.get("dir", "ltr"),
        timezone=timezone,
        dates=tuple(_date_style(row) for row in (facts, *variants)),
        zones={
            name: (*facts.get("zones", {}).get(name, ()), name)
            for name in zone_abbreviations(timezone)
        },
        **{k: _lowered(name for row in rows for name in row.get(k, ())) for k in NAMES},
        words=_words(["en", *family]),
        templates=_templates(_scopes(code)),
        magic=_magic(["en", *family]),
        messages={k: v for scope in ["en", *family] for k, v in row_of("messages", scope).items()},
        namespaces=numbers,
        namespace_names=proper,
        trail=around["trail"],
        prefix=around["prefix"],
        outcomes=outcomes_for(code),
        wiki="",
    )


def _scopes(code: str) -> tuple[str, ...]:
    """The keys of tables that hold for a language, the most general first."""
    fallback = language_facts(code)["fallback"]
    # English is the last resort of all: what only its wikis have means nothing elsewhere.
    return ("*", *(other for other in reversed(fallback) if other != "en"), code)


@lru_cache(maxsize=256)
def _outcomes(*scopes: str) -> OutcomeWords:
    return outcome_words(row_of("outcomes", scope) for scope in scopes)


def _namespaces(languages: Iterable[str]) -> tuple[dict[str, int], dict[int, str]]:
    """All names of the namespaces by the languages' rows; the last one's are the wiki's own."""
    numbers: dict[str, int] = {}
    proper: dict[int, str] = {}
    for language in languages:
        for number, names in table("namespaces").get(language, {}).items():
            numbers |= dict.fromkeys((name.lower() for name in names), int(number))
            proper[int(number)] = names[0]
    return numbers, proper


def _around_links(languages: Iterable[str]) -> dict[str, str]:
    rows = [table("links").get(language, {}) for language in languages]
    return {field: value for row in rows for field, value in row.items()}


def _words(languages: Iterable[str]) -> dict[str, frozenset[str]]:
    rows = [table("words").get(language, {}) for language in languages]
    return {
        field: frozenset(word for row in rows for word in row.get(field, ())) for field in rows[0]
    }


def _magic(languages: Iterable[str]) -> dict[str, str]:
    """MediaWiki's own names of magic words; functions, with their ":", in lower case."""
    return {
        name.lower() if name.endswith(":") else name: ident
        for language in languages
        for ident, names in row_of("magic", language).items()
        for name in names
    }


def _templates(scopes: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """What templates do, by name; what a later scope says holds."""
    tables = table("templates")
    return {name: facts for scope in scopes for name, facts in tables.get(scope, {}).items()}


def _date_style(row: Mapping[str, Any]) -> DateStyle:
    lists = {field: tuple(row.get(field, ())) for field in DATE_FIELDS}
    return DateStyle(**lists, digits="".join(row.get("digits", ())))
