"""Tags as tests compare them: the line breaks that a template has in them mean nothing."""

import re

_TAG = re.compile(r"<[^<>]*>")


def tags_on_one_line(html: str) -> str:
    """The HTML with single blanks between the attributes of each tag, and none before its end."""
    return _TAG.sub(lambda tag: re.sub(r"\s+", " ", tag[0]).replace(" >", ">"), html)
