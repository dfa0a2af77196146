"""One word for each thing: what the glossary replaced does not come back."""

import re

import pytest

from .glossary import REPLACED
from .messages import messages

# What is filled in, and the attributes of links.
PLACE = re.compile(r"%\(\w+\)\w|\{\w*\}|<[^>]+>")


@pytest.mark.parametrize("concept", REPLACED)
def test_a_word_that_was_replaced_does_not_come_back(concept: str) -> None:
    pattern = re.compile(REPLACED[concept])
    found = [
        f"{message.path}: {form}"
        for message in messages()
        for form in message.forms
        if pattern.search(PLACE.sub("", form))
    ]

    assert not found, f"say “{concept}”:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        ("collapse, expand", "Fold all replies"),
        ("log in", "In the browser: sign in"),
        ("removed, restored", "1 gone"),
        ("ID", "The id of a comment"),
        ("URL", "Check the wiki's address."),
        ("is not a valid …", "“soon” is no date"),
    ],
)
def test_a_replaced_word_is_recognized(concept: str, words: str) -> None:
    assert re.search(REPLACED[concept], words)
