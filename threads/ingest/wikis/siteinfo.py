"""What a wiki says of itself, in a dump or through its API, and the wiki that it becomes."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from threads.ingest.characters import one_line
from threads.ingest.errors import BadInput
from threads.models import Wiki
from threads.models.wiki.wikis import is_wikimedias
from threads.wikitext.site.languages import UnknownLanguage, profile_for
from threads.wikitext.site.wikimedia import site

from .places import longest, origin, usable_article_path, usable_path
from .target import check_wiki, open_wiki

# The parts of a signature profile that are names of a namespace, by its number.
NAMES = {"-1": "special", "2": "user", "3": "user_talk", "6": "file", "14": "category"}
INDEX = "/index.php"
PAGES = "/wiki/"
NUMBER = re.compile(r"-?[0-9]{1,9}")  # of a namespace
LONGEST_NAME = 255  # characters of a namespace's name
MOST_NAMES = 100  # of a special page


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What a wiki says of itself; "" or nothing where it does not say."""

    dbname: str = ""  # "metawiki"
    name: str = ""  # "Meta"
    base: str = ""  # the address of its main page
    generator: str = ""  # "MediaWiki 1.39.17"
    case: str = ""  # "first-letter" or "case-sensitive"
    language: str = ""  # MediaWiki's code of its content language
    timezone: str = ""  # IANA name
    server: str = ""  # "https://meta.wikimedia.org"; a dump tells it by `base`
    article_path: str = ""  # "/wiki/$1"; the same
    script_path: str = ""  # of index.php
    api_url: str = ""
    # Number to "name", and where known "aliases" (a list) and "case".
    namespaces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    contributions: tuple[str, ...] = ()  # what Special:Contributions is called there


def wiki_of(
    info: SiteInfo, *, dbname: str = "", language: str = "", timezone: str = ""
) -> tuple[Wiki, list[str]]:
    """The archive's wiki, or a new, unsaved one, filled from what the wiki says of itself.

    `dbname`, `language` and `timezone` are what an admin gives; they win.
    Out: the wiki, and what contradicts, a sentence each. Raises BadInput.
    """
    name = dbname or info.dbname.lower()
    if not name:
        raise BadInput(
            "dbname",
            _("The database name is missing. Enter it, for example “metawiki”."),
        )
    server = _server(info)
    wiki = open_wiki(name, server=server, language=language, timezone=timezone)
    given = {"language": language, "timezone": timezone}
    said = _said_of_name(wiki, server)
    said += fill_wiki(wiki, info, keep=[key for key, value in given.items() if value])
    check_wiki(wiki)
    return wiki, said


def fill_wiki(wiki: Wiki, info: SiteInfo, *, keep: Collection[str] = ()) -> list[str]:
    """Fill the wiki's empty fields; what it has stays, and so do the fields in `keep`.

    Of a wiki that is not saved yet only its name stays: what the wiki says of itself goes
    before what is known of Wikimedia's, except that all Wikipedias call themselves alike.
    Out: what contradicts or cannot be used, a sentence each. The wiki is not saved.
    """
    said = []
    fields = {field.name: field for field in Wiki._meta.concrete_fields}
    told, unusable = _told(info)
    for name, value in told.items():
        kept = getattr(wiki, name)
        free = not kept or (wiki._state.adding and name != "name")
        if value and free and name not in keep:
            setattr(wiki, name, value)
        elif value and kept != value:
            said.append(
                _("The %(field)s differs: “%(kept)s” in the archive, “%(told)s” on the wiki.")
                % {"field": fields[name].verbose_name, "kept": kept, "told": value}
            )
    for name, value in unusable.items():
        said.append(
            _("The wiki reports “%(told)s” as its %(field)s, which is not valid and was ignored.")
            % {"field": fields[name].verbose_name, "told": one_line(value, LONGEST_NAME)}
        )
    if info.dbname and info.dbname.lower() != wiki.dbname:
        said.append(
            _("Source wiki “%(told)s” is stored as “%(kept)s”.")
            % {"told": one_line(info.dbname, LONGEST_NAME), "kept": wiki.dbname}
        )
    said += _fill_namespaces(wiki, info)
    _fill_profile(wiki, info)
    return said


def _said_of_name(wiki: Wiki, server: str) -> list[str]:
    """What there is to say of a new wiki that is called as one of Wikimedia's."""
    known = site(wiki.dbname)
    if not (wiki._state.adding and known.server and server) or is_wikimedias(server):
        return []
    return [
        _(
            "“%(dbname)s” is also the database name of %(known)s, which is another wiki. Its "
            "settings are not used. If you plan to import both wikis, choose another name for "
            "this one before its first import, such as “%(dbname)s2”."
        )
        % {"dbname": wiki.dbname, "known": known.name}
    ]


def _told(info: SiteInfo) -> tuple[dict[str, str], dict[str, str]]:
    """The fields of a wiki that are plain text, as the wiki tells them; and what is no use."""
    article_path, script_path = _paths(info.base)
    told = {
        "name": one_line(info.name, longest("name")).strip(),
        "language": one_line(info.language, longest("language")),
        "timezone": one_line(info.timezone, longest("timezone")),
        "server": _server(info),
        "article_path": usable_article_path(info.article_path) or article_path,
        "script_path": usable_path(info.script_path) or script_path,
        "api_url": info.api_url,
    }
    given = {
        "server": (info.server, origin(info.server)),
        "article_path": (info.article_path, usable_article_path(info.article_path)),
        "script_path": (info.script_path, usable_path(info.script_path)),
    }
    return told, {name: value for name, (value, usable) in given.items() if value and not usable}


def _server(info: SiteInfo) -> str:
    """Where the wiki is, as it says itself, else where its API is.

    Only who is asked at an address of Wikimedia's is believed to be at one.
    """
    told, asked = origin(info.server) or origin(info.base), origin(info.api_url)
    believed = not asked or is_wikimedias(asked) or not is_wikimedias(told)
    return told if told and believed else asked


def _paths(base: str) -> tuple[str, str]:
    """Article path and path of index.php, as the main page's address tells them."""
    if not origin(base):
        return "", ""
    path = urlsplit(base).path
    before, index, after = path.partition(INDEX)
    if index:
        script = usable_path(before + index)
        return (f"{script}/$1" if after else f"{script}?title=$1") if script else "", script
    before, pages, _title = path.partition(PAGES)
    return usable_article_path(f"{before}{PAGES}$1") if pages else "", ""


def _fill_namespaces(wiki: Wiki, info: SiteInfo) -> list[str]:
    """Add the namespaces, and names of them, that the wiki has not got yet."""
    said = []
    merged = {number: dict(facts) for number, facts in wiki.namespaces.items()}
    for number, facts in _namespaces(info):
        kept = merged.setdefault(number, dict(facts))
        aliases = [*kept.get("aliases", ()), *facts["aliases"]]
        if kept["name"] != facts["name"]:
            aliases.append(facts["name"])
            said.append(
                _(
                    "Namespace %(number)s differs: “%(kept)s” in the archive, “%(told)s” on the "
                    "wiki."
                )
                % {"number": number, "kept": kept["name"], "told": facts["name"]}
            )
        kept["aliases"] = list(dict.fromkeys(aliases))
        kept.setdefault("case", facts["case"])
    wiki.namespaces = merged
    return said


def _namespaces(info: SiteInfo) -> Iterator[tuple[str, dict[str, Any]]]:
    """The namespaces that have a number, with names that can be stored and shown."""
    for number, facts in info.namespaces.items():
        if NUMBER.fullmatch(number):
            aliases = [one_line(alias, LONGEST_NAME) for alias in facts.get("aliases", ())]
            case = one_line(facts.get("case", info.case), LONGEST_NAME)
            name = one_line(facts["name"], LONGEST_NAME)
            yield number, {"name": name, "aliases": aliases, "case": case}


def _fill_profile(wiki: Wiki, info: SiteInfo) -> None:
    """Put into the signature profile what the wiki's language does not have by itself."""
    try:
        known = profile_for(wiki.language, wiki=wiki.known_as)
    except UnknownLanguage:
        return  # check_wiki says so
    special = [one_line(name, LONGEST_NAME) for name in info.contributions[:MOST_NAMES]]
    names = {"contributions": special}
    told = dict(_namespaces(info))
    for number, key in NAMES.items():
        facts = told.get(number, {"name": "", "aliases": []})
        names[key] = [facts["name"], *facts["aliases"]]
    for key, given in names.items():
        kept = wiki.profile.get(key, [])
        own = [n for n in given if n and n.lower() not in getattr(known, key) and n not in kept]
        if own:
            wiki.profile = {**wiki.profile, key: [*kept, *own]}
