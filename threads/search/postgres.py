"""Full text on PostgreSQL: expression indexes, with the words of no language in particular.

A text's first 100,000 characters are searched: what PostgreSQL keeps of one is limited to 1 MB.
"""

from .query import Phrase, Query
from .sqlite import contains

# Just as the migration that makes the indexes has it. What PostgreSQL would take for a path, a
# host, an address or a tag is words to a reader.
WORDS = "to_tsvector('simple', translate(left({}, 100000), './-_@:~&=?%%+#<>', repeat(' ', 15)))"


def condition(table: str, column: str, query: Query) -> tuple[str, list[str]]:
    """SQL that is true of the rows of a table that match, and its parameters."""
    parts: list[str] = []
    values: list[str] = []
    for phrases, no in ((query.wanted, ""), (query.unwanted, "NOT ")):
        for phrase in phrases:
            if phrase.unspaced:
                parts.append(f"{no}{table}.{column} ILIKE %s")
                values.append(contains(phrase))
            else:
                parts.append(f"{no}{WORDS.format(f'{table}.{column}')} @@ to_tsquery('simple', %s)")
                values.append(_match(phrase))
    return " AND ".join(parts), values


def _match(phrase: Phrase) -> str:
    words = " <-> ".join(f"'{word}'" for word in phrase.words)
    return words if phrase.exact else f"{words}:*"
