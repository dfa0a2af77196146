"""Full text on SQLite: FTS5 tables beside the tables, kept up to date by triggers."""

from .query import Phrase, Query


def condition(table: str, column: str, query: Query) -> tuple[str, list[str]]:
    """SQL that is true of the rows of a table that match, and its parameters."""
    index = f"{table}_words"
    parts: list[str] = []
    values: list[str] = []
    for phrases, no in ((query.wanted, ""), (query.unwanted, "NOT ")):
        for phrase in phrases:
            if phrase.unspaced:
                parts.append(f"{no}{table}.{column} LIKE %s ESCAPE '\\'")
                values.append(contains(phrase))
            else:
                parts.append(
                    f"{table}.id {no}IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"
                )
                values.append(_match(phrase))
    return " AND ".join(parts), values


def contains(phrase: Phrase) -> str:
    """A LIKE pattern for a phrase as it stands."""
    text = " ".join(phrase.words)
    for character in "\\%_":
        text = text.replace(character, "\\" + character)
    return f"%{text}%"


def _match(phrase: Phrase) -> str:
    words = " ".join(phrase.words)  # letters, digits and marks alone: nothing to be escaped
    return f'"{words}"' if phrase.exact else f'"{words}"*'
