"""Pages of a copy, written in all its languages."""

from collections.abc import Iterator
from functools import partial

from django.utils import translation

from threads.site.files.addresses import up_from
from threads.site.files.earlier import Earlier, Record, keep
from threads.site.files.links import CopiedLinks, Led
from threads.site.files.plan import Plan, write

from .drafts import (
    ANY_LANGUAGE,
    Draft,
    Parts,
    Unit,
    copied,
    facts_of,
    folder_of_language,
    html_of,
    parts_of,
)
from .slots import read, slots
from .words import Facts, Unfilled, Words

MOST_WORDS = 20_000  # of a language, that are kept for the next pages


class PageWriter:
    """Writes pages, and remembers words and addresses for the next ones."""

    def __init__(self, plan: Plan, links: CopiedLinks, earlier: Earlier | None) -> None:
        self._plan = plan
        self._links = links
        self._earlier = earlier
        self._words: dict[tuple[str, str], Words] = {}
        self._records: list[Record] = []

    def write_once(self, unit: Unit) -> int:
        """Make pages once, with slots, and write them in each language, unless the earlier copy has
        them. Out: how many."""
        state = unit.state() if self._plan.notes_states else ""
        if number := self._kept(unit, state):
            return number
        with slots():
            made = [(draft.path, self._html(draft, ANY_LANGUAGE)) for draft in unit.drafts()]
        pages = [(path, Unfilled.of(read(page.html))) for path, page in made]
        asked = set[str]().union(*(page.asked for _path, page in made))
        for language, folder in self._folders():
            for path, page in pages:
                words = self._words_of(language, path)
                write(f"{self._plan.folder}/{folder}{path}", words.filled(page))
                asked.update(*(words.asked[slot] for slot in words.asked.keys() & page.slots))
        if state:
            self._records.append(Record.of(unit.paths[0], state, asked))
        return len(pages) * len(self._plan.languages)

    def _kept(self, unit: Unit, state: str) -> int:
        """Keep these pages of the earlier copy, if they would be the same; out: how many."""
        known = self._earlier.kept(unit.paths[0], state) if self._earlier and state else None
        folders = [folder for _language, folder in self._folders()]
        paths = [f"{folder}{path}" for folder in folders for path in unit.paths]
        if known is None or not keep(self._plan, paths):
            return 0
        self._records.append(known)
        return len(paths)

    def write_in_each(self, unit: Unit) -> int:
        """Make pages in each language, and write them. Out: how many."""
        written = 0
        for language, folder in self._folders():
            with translation.override(language):
                for draft in unit.drafts():
                    facts = facts_of(language, self._plan.languages, up_from(draft.path))
                    html = self._html(draft, facts).html
                    write(f"{self._plan.folder}/{folder}{draft.path}", html.encode())
                    written += 1
        return written

    def take_records(self) -> list[Record]:
        """What is to be noted of the pages that were written since this was asked last."""
        records, self._records = self._records, []
        return records

    def _folders(self) -> Iterator[tuple[str, str]]:
        languages = self._plan.languages
        for language in languages:
            yield language, folder_of_language(language, languages)

    def _html(self, draft: Draft, facts: Facts) -> Led:
        """The whole page, its links led to files."""
        around = copied(draft.path, facts, self._plan.languages)
        parts = parts_of(draft, around)
        self._links.learn(parts.main)
        led = [self._links.led(part, draft.path, draft.address) for part in parts]
        asked = set[str]().union(*(each.asked for each in led))
        return Led(html_of(Parts(*(each.html for each in led)), draft, around), asked)

    def _words_of(self, language: str, path: str) -> Words:
        """What fills the slots of pages in that folder."""
        up = up_from(path)
        words = self._words.get((language, up))
        if words is None or len(words) > MOST_WORDS:
            facts = facts_of(language, self._plan.languages, up)
            led = partial(self._links.led, path=f"{path.rpartition('/')[0]}/")  # of no page
            words = self._words[language, up] = Words(language, facts, led)
        return words
