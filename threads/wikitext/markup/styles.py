"""What wikitext says about looks, as classes from a fixed set.

style="…" and the attributes that HTML once had for looks are read for what they mean; the
stylesheet wikitext.css gives each class a light and a dark form that can be read. Colours
are folded to twelve inks and twelve papers.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from colorsys import rgb_to_hls
from functools import lru_cache

from tinycss2 import parse_declaration_list, parse_one_component_value
from tinycss2.color4 import Color, parse_color

MAX_LENGTH = 500  # characters of a style or an attribute's value; longer ones say nothing
COLOURS = (
    "red",
    "brown",
    "orange",
    "yellow",
    "olive",
    "green",
    "teal",
    "cyan",
    "blue",
    "violet",
    "pink",
    "grey",
)
LOOKS = frozenset(
    (
        "bold italic underline overline struck smallcaps uppercase lowercase capitalize mono "
        "serif sans script small large start center end centered nowrap lines boxed edged "
        "rounded columns"
    ).split()
)
STYLES = LOOKS | {f"{kind}-{colour}" for kind in ("ink", "paper") for colour in COLOURS}

# Where on the circle of hues each colour ends, in degrees; the dark ones have other names.
_HUES = (
    (15, "red", "red"),
    (42, "orange", "brown"),
    (70, "yellow", "olive"),
    (90, "olive", "olive"),
    (155, "green", "green"),
    (185, "teal", "teal"),
    (202, "cyan", "cyan"),
    (252, "blue", "blue"),
    (288, "violet", "violet"),
    (315, "pink", "violet"),
    (345, "pink", "pink"),
    (361, "red", "red"),
)
_DARK = 0.42  # lightness below which the other names are meant
_FAMILIES = (
    ("mono", re.compile(r"mono|courier|consol|menlo|typewriter|fixed")),
    ("script", re.compile(r"cursive|script|comic|brush|chancery|hand|papyrus|print|kristen|zapf")),
    ("sans", re.compile(r"sans|arial|helvetica|verdana|tahoma|trebuchet|calibri|segoe|gothic|ui$")),
    ("serif", re.compile(r"serif|times|georgia|garamond|palatino|antiqua|cambria|century|roman")),
)
_UNITS = {"em": 1.0, "rem": 1.0, "%": 0.01, "px": 1 / 15, "pt": 1 / 11}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "style": {"italic": "italic", "oblique": "italic"},
    "variant": {"small-caps": "smallcaps"},
    "weight": {"bold": "bold", "bolder": "bold"},
    "align": {word: word for word in ("start", "center", "end")}
    | {"left": "start", "right": "end"},
    "line": {"underline": "underline", "overline": "overline", "line-through": "struck"},
    "case": {word: word for word in ("uppercase", "lowercase", "capitalize")},
    "space": {"nowrap": "nowrap", "pre": "lines", "pre-wrap": "lines", "pre-line": "lines"},
    "size": {
        **dict.fromkeys(("xx-small", "x-small", "small", "smaller"), "small"),
        **dict.fromkeys(("large", "larger", "x-large", "xx-large", "xxx-large"), "large"),
    },
}
# What CSS's parser gives: tokens, which tell their types by name.
Token = object
Classes = Iterator[str]


def classes(name: str, attributes: Mapping[str, str]) -> list[str]:
    """The classes for what the attributes of an element of that name say about its looks."""
    found: dict[str, list[str]] = {}
    for key in _ATTRIBUTES.keys() & attributes.keys():
        value = attributes[key].strip().lower()
        if len(value) <= MAX_LENGTH:
            kind, read = _ATTRIBUTES[key]
            found[kind] = list(read(value))
    if name == "table" and "align" in found:  # it is the table that stands there, not its text
        found["place"] = ["centered"] if found.pop("align") == ["center"] else []
    style = attributes.get("style", "")
    if style and len(style) <= MAX_LENGTH:
        found |= declared(style)
    return sorted({each for group in found.values() for each in group})


@lru_cache(maxsize=1024)
def declared(style: str) -> dict[str, list[str]]:
    """What the declarations of a style attribute set, with the classes for it."""
    found: dict[str, list[str]] = {}
    for each in parse_declaration_list(style, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration" and each.lower_name in _PROPERTIES:
            kind, read = _PROPERTIES[each.lower_name]
            found[kind] = list(read([token for token in each.value if token.type != "whitespace"]))
    return found


def colour_of(token: Token) -> str:
    """Which of our colours comes nearest; "" for black, white, and what is no colour."""
    colour = parse_color(token)
    if not isinstance(colour, Color):
        return ""
    *channels, alpha = colour.to("srgb")
    if alpha < 0.1 or any(channel is None for channel in channels):
        return ""
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in channels)
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    if chroma < 0.03 or saturation < 0.14:
        return "grey" if 0.2 < lightness < 0.95 else ""
    _, light, dark = next(each for each in _HUES if hue * 360 < each[0])
    return dark if lightness < _DARK else light


def _words(kind: str) -> Callable[[list[Token]], Classes]:
    """A reader of keywords."""
    known = _WORDS[kind]

    def read(tokens: list[Token]) -> Classes:
        for token in tokens:
            if word := known.get(getattr(token, "lower_value", "")):
                yield word

    return read


def _coloured(kind: str) -> Callable[[list[Token]], Classes]:
    """A reader of colours: the first of the value counts."""

    def read(tokens: list[Token]) -> Classes:
        found = next((colour for token in tokens if (colour := colour_of(token))), "")
        if found:
            yield f"{kind}-{found}"

    return read


def _weight(tokens: list[Token]) -> Classes:
    yield from _words("weight")(tokens)
    if any(_number(token) >= 600 and _type(token) == "number" for token in tokens):
        yield "bold"


def _size(tokens: list[Token]) -> Classes:
    yield from _words("size")(tokens)
    for token in tokens:
        unit = "%" if _type(token) == "percentage" else getattr(token, "lower_unit", "")
        if unit in _UNITS and (ratio := _number(token) * _UNITS[unit]) > 0:
            if not 0.95 <= ratio <= 1.1:
                yield "small" if ratio < 1 else "large"
            return


def _family(tokens: list[Token]) -> Classes:
    """The first family that is known for something."""
    names = "".join(str(getattr(token, "value", "")).lower() + " " for token in tokens)
    yield from _face(names)


def _face(names: str) -> Classes:
    for name in names.split(","):
        for family, pattern in _FAMILIES:
            if pattern.search(name.strip()):
                yield family
                return


def _font(tokens: list[Token]) -> Classes:
    for read in (_words("style"), _words("variant"), _weight, _size, _family):
        yield from read(tokens)


def _drawn(name: str) -> Callable[[list[Token]], Classes]:
    """A reader of borders and columns: they are there unless the value says that they are not."""

    def read(tokens: list[Token]) -> Classes:
        words = {getattr(token, "lower_value", "") for token in tokens}
        nothing = words & {"none", "hidden", "auto"} or (tokens and _number(tokens[0]) == 0)
        if tokens and not nothing:
            yield name

    return read


def _type(token: Token) -> str:
    return str(getattr(token, "type", ""))


def _number(token: Token) -> float:
    """A number, percentage or length; -1 for what is none."""
    number = _type(token) in ("number", "percentage", "dimension")
    return float(getattr(token, "value", -1)) if number else -1.0


# Property: (what it sets, how its value is read).
_PROPERTIES: dict[str, tuple[str, Callable[[list[Token]], Classes]]] = {
    "color": ("ink", _coloured("ink")),
    "background": ("paper", _coloured("paper")),
    "background-color": ("paper", _coloured("paper")),
    "font": ("font", _font),
    "font-family": ("family", _family),
    "font-size": ("size", _size),
    "font-style": ("style", _words("style")),
    "font-variant": ("variant", _words("variant")),
    "font-weight": ("weight", _weight),
    "text-align": ("align", _words("align")),
    "text-decoration": ("line", _words("line")),
    "text-decoration-line": ("line", _words("line")),
    "text-transform": ("case", _words("case")),
    "white-space": ("space", _words("space")),
    **dict.fromkeys(("border", "border-style"), ("box", _drawn("boxed"))),
    **dict.fromkeys(
        ("border-left", "border-right", "border-inline-start"), ("edge", _drawn("edged"))
    ),
    "border-radius": ("corner", _drawn("rounded")),
    **dict.fromkeys(
        [
            f"{vendor}{name}"
            for vendor in ("", "-moz-", "-webkit-")
            for name in ("columns", "column-count", "column-width")
        ],
        ("columns", _drawn("columns")),
    ),
}


def _legacy_colour(kind: str) -> Callable[[str], Classes]:
    """A colour as attributes give it: the "#" may be missing."""
    read = _coloured(kind)

    def colour(value: str) -> Classes:
        if re.fullmatch(r"[0-9a-f]{6}", value):
            value = f"#{value}"
        yield from read([parse_one_component_value(value, skip_comments=True)])

    return colour


def _font_size(value: str) -> Classes:
    """<font size>: 3 is the common one, "+1" is larger than around."""
    match = re.fullmatch(r"([+-]?)(\d)", value)
    if match and match[2] != "0":
        steps = int(match[2]) - 3 if not match[1] else int(value)
        if steps:
            yield "large" if steps > 0 else "small"


def _align(value: str) -> Classes:
    if value in _WORDS["align"]:
        yield _WORDS["align"][value]


def _border(value: str) -> Classes:
    if value.strip("0 px"):
        yield "boxed"


def _nowrap(_: str) -> Classes:
    yield "nowrap"


def _meant(value: str) -> Classes:
    """What MediaWiki's own classes mean everywhere."""
    names = value.split()
    if "wikitable" in names:
        yield "boxed"
    if "nowrap" in names:
        yield "nowrap"


# Attribute: (what it sets, how its value is read).
_ATTRIBUTES: dict[str, tuple[str, Callable[[str], Classes]]] = {
    "class": ("meant", _meant),
    "color": ("ink", _legacy_colour("ink")),
    "bgcolor": ("paper", _legacy_colour("paper")),
    "face": ("family", _face),
    "size": ("size", _font_size),
    "align": ("align", _align),
    "border": ("box", _border),
    "nowrap": ("space", _nowrap),
}
