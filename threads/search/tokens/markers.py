"""Tokens that are no words: each filter is a word of the index.

They begin with a character for private use, which `folding` leaves in no text: nobody's words
can be taken for a marker.
"""

from hashlib import blake2b

_AUTHOR, _WIKI, _PAGE, _TITLE, _SECTION, _YEAR = map(chr, range(0xE000, 0xE006))
# What begins with U+E006 may stand in an index, and is not asked.
_NAME, _KIND, _FORMER = "\ue007", "\ue008", "\ue009"
CLOSED = "\ue010"  # stands in a closed discussion
UNSIGNED = "\ue011"  # nobody signed it
HAS_REPLIES = "\ue012"
START = "\ue01e"  # of a name that may be asked for as a whole
END = "\ue01f"  # of the words of a text: no phrase goes beyond it


def is_marker(token: str) -> bool:
    return "\ue000" <= token[0] <= "\uf8ff"


def of_author(pk: int) -> str:
    """In: an author's primary key."""
    return f"{_AUTHOR}{pk}"


def of_wiki(pk: int) -> str:
    return f"{_WIKI}{pk}"


def of_page(pk: int) -> str:
    """In: a talk page's primary key; of this page alone, not of what is below its title."""
    return f"{_PAGE}{pk}"


def below_title(wiki_pk: int, title_path: str) -> str:
    """In: a whole title, or the beginning of one up to a slash, as in “Talk:Strategy”.

    The page of this title has it, and all pages below. Titles are long: it is their digest.
    """
    digest = blake2b(f"{wiki_pk} {title_path}".encode(), digest_size=8).hexdigest()
    return f"{_TITLE}{digest}"


def title_levels(wiki_pk: int, title: str) -> list[str]:
    """`below_title` of each level of a title: of “A/B”, those of “A” and “A/B”."""
    parts = title.split("/")
    return [below_title(wiki_pk, "/".join(parts[:end])) for end in range(1, len(parts) + 1)]


def of_section(pk: int) -> str:
    """In: the primary key of a section, in which it stands, or in a part of it."""
    return f"{_SECTION}{pk}"


def in_year(year: int) -> str:
    return f"{_YEAR}{year}"


def sql_of_year_marker(year: str) -> str:
    """`in_year` in PostgreSQL's language, quoted. In: SQL for a year."""
    return f"'''{_YEAR}' || {year} || ''''"


def year_of_marker(token: str) -> int | None:
    """The year that a marker is of, if it is one of a year."""
    return int(token[1:]) if token[0] == _YEAR else None


def name_word(token: str) -> str:
    """A word of its author's name; in: a token of the name."""
    return _NAME + token


def former_word(token: str) -> str:
    """A word of what a topic was called before; in: a token of that."""
    return _FORMER + token


def of_kind(kind: int) -> str:
    """In: what a name is the name of, as SearchName has it."""
    return f"{_KIND}{kind}"
