"""Forms that an editor fills in, and the page that is corrected."""

from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from threads.models import Comment, UnsignedText

TEXT = (
    "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n"
    "Yes, both of them. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n\nLoose end.\n"
)


def by(name: str) -> Comment:
    return Comment.objects.current().get(author__name=name)


def correct(client: Client, name: str, kind: str, **given: Any) -> str:
    """Save a correction of the comment of that author; out: the page that comes of it."""
    return send(client, by(name), kind, step="save", **given)


def address(item: Comment | UnsignedText) -> str:
    return f"/correct/{'comment' if isinstance(item, Comment) else 'unsigned'}/{item.pk}"


def send(
    client: Client, item: Comment | UnsignedText, kind: str, *, step: str = "", **given: Any
) -> str:
    """Fill in one form; out: the page that comes of it."""
    filled = {f"{kind}-{field}": value for field, value in given.items()}
    data = {"kind": kind, "step": step, **filled}
    response = client.post(address(item), data, follow=True)
    assert response.status_code == 200
    return response.text


def fields_of(page: LexborHTMLParser) -> dict[str, str]:
    """What the button below a preview sends."""
    return {
        str(field.attributes["name"]): field.attributes["value"] or ""
        for field in page.css(".proposal input[type=hidden]")
    }
