"""What a wiki says of itself, in a dump or through its API, and the wiki that it becomes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from threads.models import Wiki
from threads.wikitext.languages import UnknownLanguage, profile_for

from .errors import BadInput
from .wikis import check_wiki, open_wiki

# The parts of a signature profile that are names of a namespace, by its number.
NAMES = {"-1": "special", "2": "user", "3": "user_talk", "6": "file", "14": "category"}
INDEX = "/index.php"


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
            _("The wiki's database name is not told here: give it, such as “metawiki”."),
        )
    wiki = open_wiki(name, language=language, timezone=timezone)
    given = {"language": language, "timezone": timezone}
    said = fill_wiki(wiki, info, keep=[key for key, value in given.items() if value])
    check_wiki(wiki)
    return wiki, said


def fill_wiki(wiki: Wiki, info: SiteInfo, *, keep: Collection[str] = ()) -> list[str]:
    """Fill the wiki's empty fields; what it has stays, and so do the fields in `keep`.

    The defaults of a wiki that is not saved yet count as empty.
    Out: what contradicts, a sentence each. The wiki is not saved.
    """
    said = []
    fields = {field.name: field for field in Wiki._meta.concrete_fields}
    for name, value in _told(info).items():
        kept = getattr(wiki, name)
        free = not kept or (wiki._state.adding and kept == fields[name].get_default())
        if value and free and name not in keep:
            setattr(wiki, name, value)
        elif value and kept != value:
            said.append(
                _("The wiki's %(field)s is “%(kept)s” in the archive, “%(told)s” by its own words.")
                % {"field": fields[name].verbose_name, "kept": kept, "told": value}
            )
    if info.dbname and info.dbname.lower() != wiki.dbname:
        said.append(
            _("This is from the wiki “%(told)s”; it is kept as “%(kept)s”.")
            % {"told": info.dbname, "kept": wiki.dbname}
        )
    said += _fill_namespaces(wiki, info)
    _fill_profile(wiki, info)
    return said


def _told(info: SiteInfo) -> dict[str, str]:
    """The fields of a wiki that are plain text, as the wiki tells them."""
    server, article_path, script_path = _places(info.base)
    return {
        "name": info.name,
        "language": info.language,
        "timezone": info.timezone,
        "server": info.server or server,
        "article_path": info.article_path or article_path,
        "script_path": info.script_path or script_path,
        "api_url": info.api_url,
    }


def _places(base: str) -> tuple[str, str, str]:
    """Server, article path and path of index.php, as the main page's address tells them."""
    try:
        url = urlsplit(base)
    except ValueError:
        return "", "", ""
    if url.scheme not in ("http", "https") or not url.netloc:
        return "", "", ""
    server = f"{url.scheme}://{url.netloc}"
    before, index, after = url.path.partition(INDEX)
    if index:
        script = before + index
        return server, f"{script}/$1" if after else f"{script}?title=$1", script
    return server, "/wiki/$1" if url.path.startswith("/wiki/") else "", ""


def _fill_namespaces(wiki: Wiki, info: SiteInfo) -> list[str]:
    """Add the namespaces, and names of them, that the wiki has not got yet."""
    said = []
    merged = {number: dict(facts) for number, facts in wiki.namespaces.items()}
    for number, facts in info.namespaces.items():
        kept = merged.setdefault(number, dict(facts))
        aliases = [*kept.get("aliases", ()), *facts.get("aliases", ())]
        if kept["name"] != facts["name"]:
            aliases.append(facts["name"])
            said.append(
                _("Namespace %(number)s is “%(kept)s” in the archive, “%(told)s” by its own words.")
                % {"number": number, "kept": kept["name"], "told": facts["name"]}
            )
        kept["aliases"] = list(dict.fromkeys(aliases))
        kept.setdefault("case", facts.get("case", info.case))
    wiki.namespaces = merged
    return said


def _fill_profile(wiki: Wiki, info: SiteInfo) -> None:
    """Put into the signature profile what the wiki's language does not have by itself."""
    try:
        known = profile_for(wiki.language, wiki=wiki.dbname)
    except UnknownLanguage:
        return  # check_wiki says so
    names = {"contributions": [*info.contributions]}
    for number, key in NAMES.items():
        facts = info.namespaces.get(number, {})
        names[key] = [facts.get("name", ""), *facts.get("aliases", ())]
    for key, told in names.items():
        kept = wiki.profile.get(key, [])
        own = [n for n in told if n and n.lower() not in getattr(known, key) and n not in kept]
        if own:
            wiki.profile = {**wiki.profile, key: [*kept, *own]}
