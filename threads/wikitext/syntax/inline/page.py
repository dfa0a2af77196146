"""What the inline rules know of the page that they read."""

import re
from collections.abc import Callable
from itertools import count

from threads.wikitext.flow.nodes import Node
from threads.wikitext.flow.notes import Notes
from threads.wikitext.markup.tags import Tag
from threads.wikitext.site.languages import Profile
from threads.wikitext.site.links import Links
from threads.wikitext.syntax.brackets import Brackets
from threads.wikitext.syntax.extensions import Extensions
from threads.wikitext.syntax.templates.effects import Effects
from threads.wikitext.syntax.templates.lookup import Templates

from .file_options import Files


class InlinePage:
    """One page, or a text that stands apart on it.

    `notes` are those of the page; `apart` makes nodes of lines that are no part of its flow, and
    `blocks` of wikitext that is none.
    """

    def __init__(
        self,
        text: str,
        brackets: Brackets,
        profile: Profile,
        title: str,
        notes: Notes,
        apart: Callable[[list[str]], list[list[Node]]],
        blocks: Callable[[str], list[Node]],
    ) -> None:
        self.text = text  # its wikitext
        self.brackets = brackets
        self.has_old_variables = "<tvar|" in text  # they end with "</>"

        # What its language and its wiki say.
        self.switches = {word.upper() for word in profile.words["switches"]}
        self.trail = re.compile(profile.trail)  # what belongs to a link behind it …
        self.prefix = re.compile(rf"[{profile.prefix}]") if profile.prefix else None  # … and before

        # What reads the parts of it; all but `effects` remember what they have read.
        self.links = Links(profile, title)
        self.files = Files(profile)
        self.templates = Templates(profile, self.links, title)
        self.effects = Effects(text, profile, self.links)
        self.extensions = Extensions(
            text, brackets.extensions, apart, blocks, self.links.is_file, notes
        )
        self.tags: dict[str, tuple[Tag, str] | None] = {}  # with their HTML, by their source

        self.numbers = count(1)  # of addresses without words

    def is_switch(self, word: str) -> bool:
        """Whether a word tells MediaWiki something and shows nothing: "__NOTOC__"."""
        return word.upper() in self.switches
