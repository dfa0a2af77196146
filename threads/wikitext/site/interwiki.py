"""Other wikis: what the prefix of a link such as [[m:Talk:Lamps]] leads to.

Rules: MediaWiki reads the first prefix and leaves the rest to the wiki that it names; here
they are followed one by one, so that [[w:de:Talk:X]] is known for the German page that it is.
On a wiki in a language, a project's prefix names the project's wiki in that language, and a
language's the same project's wiki; on all others the English one, and Wikipedia's.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from .languages import known_languages, other_codes
from .tables import interwiki_table

PROJECTS = (
    "wikibooks",
    "wikinews",
    "wikiquote",
    "wikisource",
    "wikiversity",
    "wikivoyage",
    "wiktionary",
    "wikipedia",
)
# Codes whose wikis are called by another one.
CALLED = {"nb": "no", "dk": "da", "cz": "cs", "jp": "ja", "nan": "zh-min-nan"}


@dataclass(frozen=True, slots=True)
class HomeWiki:
    """The wiki on which a link is read."""

    project: str  # one of PROJECTS
    language: str  # its code in the wiki's address; "" for a wiki that is in no language


@lru_cache(maxsize=256)
def home_wiki(name: str, language: str) -> HomeWiki:
    """The wiki of that database name; the Wikipedia in that language where it is not known."""
    if not name:
        return HomeWiki("wikipedia", language)
    for project in (*PROJECTS, "wiki"):
        code = name.removesuffix(project).replace("_", "-")
        if name.endswith(project) and is_language(code):
            return HomeWiki("wikipedia" if project == "wiki" else project, code)
    return HomeWiki("wikipedia", "")


def is_language(prefix: str) -> bool:
    """Whether it is a language's code, which is a prefix as well."""
    return prefix in _codes()


def is_prefix(prefix: str, home: HomeWiki) -> bool:
    """Whether it names another wiki there, in lower case; a project's own name does not."""
    if prefix == home.project and home.language:
        return False
    table = interwiki_table()
    return prefix in table["projects"] or prefix in table["wikis"] or is_language(prefix)


def address(prefix: str, rest: str, home: HomeWiki) -> str:
    """The address of the page that [[prefix:rest]] means there. The prefix is one."""
    table = interwiki_table()
    if prefix in table["wikis"]:
        return table["wikis"][prefix].replace("$1", _quoted(rest))
    if prefix in table["projects"]:
        project = table["projects"][prefix]
        same = home.language and project != home.project
        there = HomeWiki(project, home.language if same else "en")
    else:
        there = HomeWiki(home.project, CALLED.get(prefix, prefix))
    following, colon, title = rest.partition(":")
    following = following.strip().lower()
    known = is_language(following) or following in table["projects"]
    if colon and known and is_prefix(following, there):
        return address(following, title.strip(), there)
    return f"https://{there.language}.{there.project}.org/wiki/{_quoted(rest)}"


def keeps_first_letters(dbname: str) -> bool:
    """Whether titles on the wiki may begin with a small letter, as in Wiktionary."""
    return dbname.endswith("wiktionary") or dbname == "jbowiki"


def _quoted(title: str) -> str:
    return quote(title.replace(" ", "_"), safe="/:@!$*(),;~")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset([*(code for code, _ in known_languages()), *other_codes(), *CALLED])
