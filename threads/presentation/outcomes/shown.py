"""Whether a wiki's readers see what was detected."""

from threads.models import Wiki
from threads.wikitext.site.languages import outcomes_for
from threads.wikitext.site.outcomes import OutcomeWords


def words_of(wiki: Wiki) -> OutcomeWords:
    """The words by which a wiki's pages are searched."""
    return outcomes_for(wiki.language, wiki.known_as)


def shows_positions(wiki: Wiki) -> bool:
    """Whether readers see positions: as its editors say, else where the words were checked."""
    if wiki.positions_shown is None:
        return words_of(wiki).positions_checked
    return wiki.positions_shown


def shows_decisions(wiki: Wiki) -> bool:
    """The same for decisions."""
    if wiki.decisions_shown is None:
        return words_of(wiki).decisions_checked
    return wiki.decisions_shown
