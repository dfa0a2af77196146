"""Templates: what each use of one is, by the table data/templates.json.

A template's text is not at hand, only its name and arguments. What is not in the table is
shown as a chip with its arguments, and read as if it showed them.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from threads.wikitext.flow.calls import Call, ShownArgument
from threads.wikitext.flow.nodes import CLOSE, KEY, LITERAL, OPEN, TEXT, Node
from threads.wikitext.site.languages import Profile, template_key
from threads.wikitext.site.links import Links

from .magic_words import Magic

UNKNOWN: Mapping[str, Any] = {"effect": "show"}
SIGNS: Mapping[str, Any] = {"effect": "sign", "user": "1", "time": "2"}
SIGNER: Mapping[str, Any] = {"effect": "signer"}  # a user's own page, which may sign


class Templates:
    """What the templates on one page are."""

    def __init__(self, profile: Profile, links: Links, title: str) -> None:
        self._profile = profile
        self._links = links
        self._magic = Magic(profile, title)
        self._known: dict[str, tuple[str, Mapping[str, Any]]] = {}  # by how they are written
        self._prefixes = tuple(word.lower() for word in (*profile.words["substitute"], "template:"))

    def call(self, source: str, start: int) -> Call:
        """The use of a template whose name, as it stands between the braces, is `source`."""
        if source not in self._known:
            self._known[source] = self._read(source)
        return Call(*self._known[source], start)

    def _read(self, source: str) -> tuple[str, Mapping[str, Any]]:
        """Its name, and what is known of it."""
        name = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL).strip()
        for prefix in self._prefixes:
            if name.lower().startswith(prefix):
                name = name[len(prefix) :].strip()
        facts = self._magic.facts(name)
        if facts is not None:
            return name, facts
        known = self._profile.templates
        if "/" in name and self._links.user_of_title(name.partition("/")[0]):
            own_page = template_key(f"user:{name.partition(':')[2].strip()}")
            return name, known.get(template_key(name)) or known.get(own_page, SIGNER)
        return name, known.get(template_key(name), UNKNOWN)


def lead_in(part: ShownArgument) -> list[Node]:
    """What stands in front of an argument.

    A name is for whoever sees it, and no word of a comment.
    """
    at = part.argument.start, part.argument.start
    nodes = [Node(TEXT, *at, part.before, "", LITERAL)] if part.before else []
    if part.label:
        key = f'<span class="key">{escape(part.label)}: '
        nodes += [Node(OPEN, *at, "", key, KEY), Node(CLOSE, *at, "", "</span>", KEY)]
    return nodes
