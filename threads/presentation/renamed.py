"""What an address asks a page for by names that were changed here: old links go on saying what
they said. Of hidden names, nothing is told: see `threads.privacy.rules.asked`."""

from django.http import QueryDict

from threads.privacy.rules.asked import names_of_today

NAMES = ("author", "person")
IDENTS = ("at", "start", "topic", "until")


def query_now(given: QueryDict, dbname: str) -> QueryDict:
    """The same query, by the names of today; `given` itself where nothing else is asked for.

    In: the database name of the page's wiki. One query, or none where nobody, no section and no
    comment is asked for.
    """
    asked = [name for name in (*NAMES, *IDENTS) if given.get(name)]
    if not asked:
        return given
    today, now = names_of_today(dbname), given.copy()
    for key in asked:
        told = given.get(key, "")
        if key in IDENTS:
            now[key] = today.of_ident(told)
        elif called := today.of_person(told.replace("_", " ")):
            now[key] = called[0]
    return given if now == given else now
