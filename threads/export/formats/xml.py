"""XML 1.0, written piece by piece: names with attributes, texts, and IDs made of any text."""

import re
from collections.abc import Mapping
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from threads.presentation.texts.xml import in_xml


def text_of(text: str) -> str:
    """A text as the content of an element; for what XML cannot say stands U+FFFD."""
    return escape(in_xml(text), {"\r": "&#13;"})


def opened(name: str, facts: Mapping[str, str | int]) -> str:
    """The tag that begins an element. In: its attributes; those with "" are left out."""
    given = ((key, str(value)) for key, value in facts.items())
    return f"<{name}{''.join(f' {key}={_quoted(value)}' for key, value in given if value)}>"


def element(name: str, text: str, facts: Mapping[str, str | int] | None = None) -> str:
    return f"{opened(name, facts or {})}{text_of(text)}</{name}>"


def empty(name: str, facts: Mapping[str, str | int]) -> str:
    """An element without content."""
    return f"{opened(name, facts)[:-1]}/>"


def id_of(text: str) -> str:
    """A text as a part of an ID: of letters without accents, digits, “-” and “_”, behind which
    stand the bytes of all other characters. Different texts give different parts."""
    quoted = quote(text, safe="")
    return re.sub(r"[._~]", lambda found: f"%{ord(found[0]):02X}", quoted).replace("%", "_")


def _quoted(text: str) -> str:
    return quoteattr(in_xml(text))
