"""What an address of this archive names that somebody gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.urls import Resolver404, resolve

SECTION = "h-"  # what the IDs of sections begin with


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address of this archive."""

    kind: str  # its name in threads/urls.py
    named: Mapping[str, Any]  # the parts of its path, by their names there
    topic: str  # the id of the section that it asks for or leads to, or ""
    fragment: str  # what stands behind its “#”


def read_own(address: str | SplitResult) -> OwnAddress | None:
    """In: an address with or without the host, whatever that is. None for what is none of ours."""
    try:
        parts = urlsplit(address.strip()) if isinstance(address, str) else address
        match = resolve(unquote(parts.path))
    except (ValueError, Resolver404):  # no address at all: “http://[”
        return None
    fragment = unquote(parts.fragment)
    topic = parse_qs(parts.query).get("topic", [fragment])[-1]
    topic = topic if topic.startswith(SECTION) else ""
    return OwnAddress(match.url_name or "", match.kwargs, topic, fragment)
