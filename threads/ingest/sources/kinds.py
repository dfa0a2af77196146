"""What is known of a kind of source: its name, what people call it, how it is made again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from threads.models import Wiki

from . import Source

Reopen = Callable[[Wiki, Mapping[str, Any]], Source]


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One of the ways in which text comes in; its module defines it, the registry lists it."""

    name: str  # "paste", "upload" …, stored with every import and so never changed
    label: str | Promise  # what the admin calls it
    # Makes a source again from its wiki and its `parameters`, for whoever works on an import
    # that waited or stopped; raises BadInput. None: the text is kept nowhere but with its page.
    reopen: Reopen | None = None
    is_here: bool = False  # what it reopens is on this machine: no other server is asked
