"""Searches for what somebody wrote whose name was changed here."""

from dataclasses import replace

from threads.presentation.people.authors import authors_named
from threads.privacy.rules.asked import names_of_today
from threads.search.query.parsing import Query

FIELD = "author"


def with_names_of_today(query: Query) -> Query:
    """The same query, where it asks for an author whom nobody is called any more, by the name of
    today. No query where it asks for no author, else one, and another one where somebody of that
    name was renamed."""
    asked = {each.value for each in query.narrowings if each.field == FIELD}
    if not asked:
        return query
    today = names_of_today()
    called = {name: now[0] for name in asked if (now := today.of_person(name))}
    still = {author.name for author in authors_named(called)}
    narrowings = (
        replace(each, value=called[each.value])
        if each.field == FIELD and each.value in called.keys() - still
        else each
        for each in query.narrowings
    )
    return replace(query, narrowings=tuple(dict.fromkeys(narrowings)))
