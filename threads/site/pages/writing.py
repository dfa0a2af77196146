"""Pages of a copy, written in all its languages."""

from collections.abc import Iterator
from functools import partial

from django.utils import translation

from threads.site.files.addresses import up_from
from threads.site.files.earlier import Earlier, Record, keep
from threads.site.files.links import CopiedLinks, Led
from threads.site.files.plan import Plan, write

from .drafts import Copied, Draft, Unit, parts_of
from .shells import Parts, Shell, folder_of_language, joined, shell_of, top_from
from .slots import read, slots
from .words import Unfilled, Words

MOST_WORDS = 20_000  # of a language, that are kept for the next pages


class PageWriter:
    """Writes pages, and remembers for the next ones words, addresses and what is around pages."""

    def __init__(self, plan: Plan, links: CopiedLinks, earlier: Earlier | None) -> None:
        self._plan = plan
        self._links = links
        self._earlier = earlier
        self._words: dict[tuple[str, str], Words] = {}
        self._shells: dict[tuple[str, str, str], Shell] = {}
        self._records: list[Record] = []

    def write_once(self, unit: Unit) -> int:
        """Make pages once, with slots, and write them in each language, unless the earlier copy has
        them. Out: how many."""
        state = unit.state() if self._plan.notes_states else ""
        if number := self._kept(unit, state):
            return number
        with slots():
            made = [
                (draft, self._parts(draft, Copied(up_from(draft.path)))) for draft in unit.drafts()
            ]
        pages = [(draft, Unfilled.of(read(parts.html))) for draft, parts in made]
        asked = set[str]().union(*(parts.asked for _draft, parts in made))
        for language, folder in self._folders():
            for draft, page in pages:
                words = self._words_of(language, draft.path)
                self._write(language, folder, draft, words.filled(page))
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
                    up = up_from(draft.path)
                    copied = Copied(up, top_from(up, language, self._plan.languages))
                    parts = self._parts(draft, copied).html
                    self._write(language, folder, draft, parts.encode())
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

    def _parts(self, draft: Draft, copied: Copied) -> Led:
        """The parts of the page in one text, their links led to files."""
        parts = parts_of(draft, copied)
        self._links.learn(parts.main)
        led = [self._links.led(part, draft.path, draft.address) for part in parts]
        asked = set[str]().union(*(each.asked for each in led))
        return Led(joined(Parts(*(each.html for each in led))), asked)

    def _write(self, language: str, folder: str, draft: Draft, parts: bytes) -> None:
        """Write the whole page in a language."""
        key = language, up_from(draft.path), draft.script
        if key not in self._shells:
            self._shells[key] = shell_of(language, self._plan.languages, *key[1:])
        html = self._shells[key].around(parts, draft.path)
        write(f"{self._plan.folder}/{folder}{draft.path}", html)

    def _words_of(self, language: str, path: str) -> Words:
        """What fills the slots of pages in that folder."""
        up = up_from(path)
        words = self._words.get((language, up))
        if words is None or len(words) > MOST_WORDS:
            led = partial(self._links.led, path=f"{path.rpartition('/')[0]}/")  # of no page
            words = self._words[language, up] = Words(language, led)
        return words
