"""Queries in PostgreSQL's language."""

from threads.search.tokens.terms import IndexQuery, Term


def match(query: IndexQuery, *, phrases: bool = True) -> str:
    """The query in PostgreSQL's language. In: one that wants something to be there; without
    `phrases`, what has the words of a phrase is found wherever they stand."""
    between = " <-> " if phrases else " & "
    groups = (f"({' | '.join(_term(term, between) for term in group)})" for group in query.every)
    unwanted = (
        f"!({_term(term, between)})" for term in query.none if phrases or len(term.tokens) == 1
    )
    return " & ".join([*groups, *unwanted])


def _term(term: Term, between: str) -> str:
    # Tokens are letters, numbers and marks: there is nothing to be escaped.
    words = between.join(f"'{token}'" for token in term.tokens) + (":*" if term.prefix else "")
    return f"({words})" if len(term.tokens) > 1 else words


def only_if(condition: str, number: int) -> str:
    """SQL for a number of rows, or none: without asking for them."""
    return f"CASE WHEN {condition} THEN {number} ELSE 0 END"
