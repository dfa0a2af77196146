"""What <ref> says: the notes of a page, numbered by group as they are met."""

from html import escape

from threads.wikitext.markup.allowlist import NOTE


class Note:
    """What a <ref> says: shown below the item that first has its mark."""

    __slots__ = ("_said", "ident", "label", "listed", "number", "uses")

    def __init__(self, ident: int, number: int, label: str) -> None:
        self.ident = ident
        self.number = number  # in its group
        self.label = label  # what stands in the text for it
        self.uses = 0  # how many marks there are
        self.listed = False  # whether it stands below an item
        self._said: dict[str, None] = {}  # each once, in order

    def say(self, html: str) -> None:
        """Add what one element says, safe inline HTML."""
        if html:
            self._said[html] = None

    @property
    def is_said(self) -> bool:
        """Whether any element has said something."""
        return bool(self._said)

    def mark(self) -> str:
        """What stands in the text; the note leads back to the first of its marks."""
        self.uses += 1
        ident = f' id="{self.ident}-mark"' if self.uses == 1 else ""
        target = f"#{NOTE}{self.ident}"
        return f'<sup class="note"{ident}><a href="{target}">[{escape(self.label)}]</a></sup>'

    def entry(self) -> str:
        """What stands below the text."""
        back = f' <a href="#{NOTE}{self.ident}-mark">↑</a>' if self.uses else ""
        return f'<li id="{self.ident}" value="{self.number}">{" ".join(self._said)}{back}</li>'


class Notes:
    """The notes of one page."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], Note] = {}
        self._counts: dict[str, int] = {}
        self._all = 0

    def met(self, group: str, name: str) -> Note:
        """The note that a <ref> marks: a new one, or that of its name."""
        note = self._named.get((group, name)) if name else None
        if note is None:
            number = self._counts[group] = self._counts.get(group, 0) + 1
            self._all += 1
            note = Note(self._all, number, f"{group} {number}".strip())
            if name:
                self._named[group, name] = note
        return note

    def named(self, group: str, name: str) -> Note | None:
        """The note of that name, if there is one yet."""
        return self._named.get((group, name))
