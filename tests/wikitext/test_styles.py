"""Looks: what the stylesheet promises for the classes, and that no style breaks anything."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkarchive.bootstrap import BASE_DIR
from threads.wikitext.markup.allowlist import CLASSES
from threads.wikitext.markup.highlighting import CLASSES as CODE
from threads.wikitext.markup.styles import COLOURS, STYLES, classes

STATIC = BASE_DIR / "static" / "threads"
PAGE_PAPERS = ("paper", "paper-raised", "target")
PAGE_INKS = ("ink", "accent", "muted")
# As a token, or as what a class alone gives.
COLOUR = re.compile(
    r"(?:--([\w-]+):|^\.([\w-]+)[^{]*\{\s+[\w-]+:) light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);",
    re.MULTILINE,
)
PIECES = (
    *("color:", "background:", "font:", "border:", "font-size:", "columns:", "red", "#f00", "0"),
    *("rgb(1,2,3)", "hsl(9", "var(--x)", "url(x)", "1em", "9e999px", "-1%", "none", "/", "\\", "'"),
    *(";", "}", "{", "(", ")", '"', ",", "!important", "/*", "*/", "@media", "calc(1px", "bold"),
)


def tokens(scheme: str) -> dict[str, tuple[float, float, float]]:
    """The colours of a scheme by their names, in linear light."""
    found: dict[str, str] = {}
    for name in ("reader.css", "wikitext.css"):
        text = (STATIC / name).read_text()
        for token, own, light, dark in COLOUR.findall(text):
            found[token or own] = (light, dark)[scheme == "dark"]
    return {name: linear(value) for name, value in found.items()}


def linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return bent(red), bent(green), bent(blue)


def bent(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """By WCAG 2.2."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 for r, g, b in (one, other))
    return lights[1] / lights[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_can_be_read_on_every_paper(scheme: str) -> None:
    known = tokens(scheme)
    inks = [*PAGE_INKS, *(f"ink-{colour}" for colour in COLOURS)]
    papers = [*PAGE_PAPERS, *(f"paper-{colour}" for colour in COLOURS)]
    low = {
        f"{ink} on {paper}": round(contrast(known[ink], known[paper]), 2)
        for ink, paper in product(inks, papers)
        if contrast(known[ink], known[paper]) < 4.5
    }
    assert not low


def test_every_class_has_its_rule() -> None:
    text = (STATIC / "wikitext.css").read_text()
    names = STYLES | CODE
    assert not {name for name in names if not re.search(rf"\.{name}\b(?!-)", text)}


def test_every_class_that_says_how_something_looks_may_come_out_anywhere() -> None:
    assert all(allowed >= STYLES for allowed in CLASSES.values())


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join))
def test_any_style_gives_known_classes_only(style: str) -> None:
    attributes = dict.fromkeys(("style", "color", "bgcolor", "face", "size", "align"), style)
    assert set(classes("span", attributes)) <= STYLES
