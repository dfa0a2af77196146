"""Pages of a copy, written in all its languages."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils import translation

from threads.site.files.addresses import up_from
from threads.site.files.links import CopiedLinks
from threads.site.files.plan import Plan, write

from .drafts import (
    ANY_LANGUAGE,
    Draft,
    Parts,
    copied,
    facts_of,
    folder_of_language,
    html_of,
    parts_of,
)
from .slots import read, slots
from .words import Facts, Words

# Makes drafts in the language that is active; what costs queries is done before, once for all.
InALanguage = Callable[[], Iterator[Draft]]


class PageWriter:
    """Writes the pages of one portion of the work."""

    def __init__(self, plan: Plan, links: CopiedLinks) -> None:
        self._plan = plan
        self._links = links
        self._words: dict[tuple[str, str], Words] = {}

    def write_once(self, drafts: InALanguage) -> int:
        """Make pages once, with slots, and write them in each language. Out: how many."""
        with slots():
            made = [(draft.path, read(self._html(draft, ANY_LANGUAGE))) for draft in drafts()]
        pages = [(path, html, [each.encode() for each in html.same]) for path, html in made]
        for language, folder in self._folders():
            with translation.override(language):
                for path, html, same in pages:
                    write(f"{folder}{path}", self._words_of(language, path).filled(html, same))
        return len(pages) * len(self._plan.languages)

    def write_in_each(self, drafts: InALanguage) -> int:
        """Make pages in each language, and write them. Out: how many."""
        written = 0
        for language, folder in self._folders():
            with translation.override(language):
                for draft in drafts():
                    facts = facts_of(language, self._plan.languages, up_from(draft.path))
                    write(f"{folder}{draft.path}", self._html(draft, facts).encode())
                    written += 1
        return written

    def _folders(self) -> Iterator[tuple[str, str]]:
        languages = self._plan.languages
        for language in languages:
            yield language, f"{self._plan.folder}/{folder_of_language(language, languages)}"

    def _html(self, draft: Draft, facts: Facts) -> str:
        """The whole page, its links led to files."""
        around = copied(draft.path, facts, self._plan.languages)
        parts = parts_of(draft, around)
        self._links.learn(parts.main)
        led = (self._links.led(part, draft.path, draft.address) for part in parts)
        return html_of(Parts(*led), draft, around)

    def _words_of(self, language: str, path: str) -> Words:
        """What fills the slots of pages in that folder."""
        up = up_from(path)
        if (language, up) not in self._words:
            facts = facts_of(language, self._plan.languages, up)
            led = partial(self._links.led, path=path)
            self._words[language, up] = Words(language, facts, led)
        return self._words[language, up]
