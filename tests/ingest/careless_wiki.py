"""A real MediaWiki whose users often forget to sign: who wrote what.

Each sentence has a number, by which it is known wherever it stands.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.mediawiki import Editor, MediaWiki

PEOPLE = ("Ana", "Ben", "Cem")
BOT = "LampBot"
WORDS = (
    "lamp oil wick boat pier rope night dusk harbour keeper storm light tower glass stair key"
).split()
SENTENCE = re.compile(r"Sentence (\d+)")


@dataclass
class CarelessPage:
    """A talk page that is being written."""

    title: str
    topics: list[list[str]] = field(default_factory=list)  # of paragraphs
    unsigned: dict[int, str] = field(default_factory=dict)  # sentence to who wrote it

    @property
    def text(self) -> str:
        parts = ["\n".join([f"== Topic {n} ==", *topic]) for n, topic in enumerate(self.topics)]
        return "\n\n".join(["{{Talk header}}", *parts])


class CarelessWiki:
    """Writes pages on a MediaWiki, the same ones for the same seed."""

    def __init__(self, wiki: MediaWiki, seed: int = 17) -> None:
        self.authors: dict[int, str] = {}  # of each sentence that nobody signed
        self._wiki = wiki
        self._chance = random.Random(seed)  # noqa: S311
        self._number = 0
        self._editors = {name: wiki.editor(name) for name in (*PEOPLE, BOT)}
        self._acts: list[Callable[[CarelessPage], None]] = [
            *[self.ask, self.answer] * 4,
            *(self.mend, self.vandalise, self.sign_for_another, self.archive, self.answer_at_once),
        ]

    def write(self, pages: int) -> None:
        """Write so many talk pages, besides their archives."""
        for number in range(pages):
            page = CarelessPage(f"Talk:Careless {number}")
            self.ask(page)
            for act in self._chance.choices(self._acts, k=self._chance.randint(3, 8)):
                act(page)

    def ask(self, page: CarelessPage) -> None:
        """A new topic; signed or not."""
        editor = self._somebody()
        page.topics.append([self._written(page, editor)])
        self._save(editor, page)

    def answer(self, page: CarelessPage) -> None:
        """At the end of a topic, indented or not, a blank line before it or not."""
        if not page.topics:
            return
        editor, topic = self._somebody(), self._chance.choice(page.topics)
        blank = [""] if self._chance.random() < 0.3 else []
        marks = self._chance.choice(["", ":", "::", "*"])
        topic += [*blank, marks + self._written(page, editor)]
        self._save(editor, page)

    def answer_at_once(self, page: CarelessPage) -> None:
        """Two answers in one edit, to different topics."""
        editor = self._somebody()
        for topic in page.topics[-2:]:
            topic.append(f":{self._written(page, editor)}")
        self._save(editor, page, minor="1")

    def mend(self, page: CarelessPage) -> None:
        """Somebody mends a word of something."""
        for topic in page.topics:
            for place, words in enumerate(topic):
                if " harbour " in words:
                    topic[place] = words.replace(" harbour ", " haven ", 1)
                    self._save(self._somebody(), page, summary="typo", minor="1")
                    return

    def vandalise(self, page: CarelessPage) -> None:
        """Somebody empties the page, and somebody else brings all back."""
        one, other = self._chance.sample(PEOPLE, 2)
        self._editors[one].edit(page.title, "Ha!")
        self._save(self._editors[other], page, summary="rv")

    def sign_for_another(self, page: CarelessPage) -> None:
        """Somebody names who did not sign the last text of a topic."""
        for topic in page.topics:
            if (found := SENTENCE.search(topic[-1])) and int(found[1]) in page.unsigned:
                author = page.unsigned.pop(int(found[1]))
                topic[-1] += f" {{{{unsigned|{author}}}}}"
                self._save(self._somebody(), page, summary=f"by {author}")
                return

    def archive(self, page: CarelessPage) -> None:
        """The bot moves the first topic to the archive."""
        if page.topics:
            bot, moved = self._editors[BOT], page.topics.pop(0)
            bot.edit(f"{page.title}/Old {self._next()}", "\n".join(["== Moved ==", *moved]))
            self._save(bot, page)

    def _somebody(self) -> Editor:
        return self._editors[self._chance.choice(PEOPLE)]

    def _written(self, page: CarelessPage, editor: Editor) -> str:
        number = self._next()
        words = " ".join(self._chance.choices(WORDS, k=self._chance.randint(6, 14)))
        sentence = f"Sentence {number} on the {words}."
        if self._chance.random() < 0.5:
            return f"{sentence} [[User:{editor.name}|{editor.name}]] ~~~~~"
        page.unsigned[number] = self.authors[number] = editor.name
        return sentence

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _save(self, editor: Editor, page: CarelessPage, **more: str) -> None:
        editor.edit(page.title, page.text, **more)
        # What was signed has its time from now on.
        saved = self._wiki.text(page.title).partition("{{Talk header}}")[2]
        page.topics = [
            topic.strip("\n").split("\n") for topic in re.split(r"== Topic \d+ ==\n", saved)[1:]
        ]
