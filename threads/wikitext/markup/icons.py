"""Small pictures beside the words of templates: our own drawings, part of the page's text.

They are put in after cleaning, for an empty element that only we write; nothing is loaded.
"""

import re

# Drawn in a square of 16, as strokes in the colour that the stylesheet gives to each.
_DRAWINGS = {
    "yes": "M2.5 8.5l3.5 4 7.5-9",
    "no": "M3.5 3.5l9 9m0-9l-9 9",
    "plus": "M8 2.5v11M2.5 8h11",
    "minus": "M2.5 8h11",
    "neutral": "M8 2.5a5.5 5.5 0 1 0 .01 0zM5 8h6",
    "comment": "M2.5 3h11v8h-6l-3 3v-3h-2z",
    "question": "M5 5.6a3 3 0 1 1 4.3 2.7Q8 9 8 10.6M8 13.4v.2",
    "info": "M8 2.2a5.8 5.8 0 1 0 .01 0zM8 7.4v4M8 4.8v.2",
    "wait": "M8 2.2a5.8 5.8 0 1 0 .01 0zM8 4.8V8l2.4 1.8",
    "work": "M2.5 13.5l6-6M7.5 3.5a3.2 3.2 0 0 1 4.4 4.2 3.2 3.2 0 0 1-4.4-4.2l2.3 2.2",
    "delete": "M3 4.5h10M6 4.5v-2h4v2M4.4 4.5l.6 9h6l.6-9",
    "keep": "M4 2.5h8v11L8 10.4l-4 3.1z",
    "move": "M2.5 8h10.5M9 4l4 4-4 4",
    "thanks": "M8 13.2S2.4 9.8 2.4 6A2.9 2.9 0 0 1 8 5a2.9 2.9 0 0 1 5.6 1c0 3.8-5.6 7.2-5.6 7.2",
    "idea": "M5.6 10.2a4.3 4.3 0 1 1 4.8 0v1.6H5.6zM6.6 14h2.8",
    "warning": "M8 2.5l6 11H2zM8 6.6v3.2M8 11.6v.2",
}
ICONS = frozenset(_DRAWINGS)
_PLACE = re.compile(r'<span class="icon ([a-z]+)"></span>')


def place_of(icon: str) -> str:
    """What stands where the icon is to be, until it is put in; "" for no icon."""
    return f'<span class="icon {icon}"></span>' if icon else ""


def with_icons(html: str) -> str:
    """Cleaned HTML with the icons in their places."""
    return _PLACE.sub(lambda match: _svg(match[1]), html) if 'class="icon' in html else html


def _svg(icon: str) -> str:
    if icon not in _DRAWINGS:
        return ""
    return (
        f'<svg class="icon icon-{icon}" viewBox="0 0 16 16" width="16" height="16" fill="none" '
        'stroke="currentColor" stroke-width="2" aria-hidden="true">'
        f'<path d="{_DRAWINGS[icon]}"></path></svg>'
    )
