"""Texts in XML 1.0, for feeds and exports."""

import re

# What XML cannot say, not even escaped (2.2 of its recommendation).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """A text with U+FFFD for each character that XML does not have."""
    return _NOT_IN_XML.sub("\ufffd", text)
