"""The archive's own words are there in every language that it offers, and in one piece."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import Engine
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.translation import ngettext

from talkarchive.bootstrap import BASE_DIR

FOLDER = BASE_DIR / "threads" / "locale"
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
READER = [
    *(BASE_DIR / "templates").glob("*.html"),
    *(BASE_DIR / "templates" / "threads").glob("*.html"),
    *(
        path
        for room in ("presentation", "views", "http", "templatetags", "database")
        for path in (BASE_DIR / "threads" / room).rglob("*.py")
    ),
]
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|</?\w+[^>]*>")


def catalogue(language: str, ending: str = "po") -> Catalog:
    """The messages of a language, as they are written or as they are used."""
    name = translation.to_locale(language)
    path = FOLDER / name / "LC_MESSAGES" / f"django.{ending}"
    with path.open("rb") as file:
        # Babel counts the plural forms of some languages otherwise than the file's head does.
        return read_po(file, locale=name) if ending == "po" else read_mo(file)


def forms(message: Message) -> list[str]:
    """A message's translation: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def sources(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def first_of(message: Message) -> str:
    return sources(message)[0]


def written_in(path: Path) -> Iterator[str]:
    """The messages of a file, each by its singular."""
    if path.suffix == ".html":
        yield from _in_nodes(Engine.get_default().from_string(path.read_text()).nodelist)
        return
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            argument = call.args[0] if call.args else None
            if call.func.id in GETTEXT and isinstance(argument, ast.Constant):
                yield str(argument.value)


def _in_nodes(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal)
        if isinstance(node, BlockTranslateNode):
            yield node.render_token_list(node.singular)[0]
        for name in ("nodelist", "nodelist_loop", "nodelist_empty", "nodelist_true"):
            yield from _in_nodes(getattr(node, name, []))
        for _condition, inside in getattr(node, "conditions_nodelists", []):
            yield from _in_nodes(inside)


@EACH_LANGUAGE
def test_no_word_of_the_readers_pages_is_missing(language: str) -> None:
    known = {first_of(message) for message in catalogue(language) if all(forms(message))}
    for path in READER:
        missing = set(written_in(path)) - known
        assert not missing, f"{path.name} says what {language} cannot: run makemessages"


def test_messages_are_found_where_they_are_written() -> None:
    template, module = (
        BASE_DIR / name for name in ("templates/404.html", "threads/presentation/dates.py")
    )
    assert {"Not in the archive", "Did you mean …"} <= set(written_in(template))
    assert {"j F Y", "%(time)s ago (%(zone)s)"} <= set(written_in(module))


@EACH_LANGUAGE
def test_what_is_used_is_what_is_written(language: str) -> None:
    written = {
        first_of(each): forms(each) for each in catalogue(language) if each.id and all(forms(each))
    }
    used = {first_of(each): forms(each) for each in catalogue(language, "mo") if each.id}
    assert used == written, f"run: python3 manage.py compilemessages -l {language}"


@EACH_LANGUAGE
def test_translations_have_the_places_and_the_markup_of_their_source(language: str) -> None:
    for message in filter(first_of, catalogue(language)):
        for source, form in zip(sources(message)[-1:] * 6, forms(message), strict=False):
            wanted, found = (sorted(PLACE.findall(text)) for text in (source, form))
            left_out = set(wanted) - set(found)
            assert not set(found) - set(wanted), form
            # “one comment” needs no number.
            assert not form or not left_out or left_out == {"%(count)s"}, form


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", {0: "0 Kommentare", 1: "1 Kommentar", 2: "2 Kommentare"}),
        ("fr", {0: "0 commentaire", 1: "1 commentaire", 2: "2 commentaires"}),
        ("es", {0: "0 comentarios", 1: "1 comentario", 2: "2 comentarios"}),
        (
            "ar",
            {
                0: "لا تعليقات",
                1: "تعليق واحد",
                2: "تعليقان",
                3: "3 تعليقات",
                11: "11 تعليقًا",
                100: "100 تعليق",
                103: "103 تعليقات",
            },
        ),
        ("zh-hans", {0: "0 条评论", 1: "1 条评论", 5: "5 条评论"}),
    ],
)
def test_numbers_take_the_form_that_the_language_has_for_them(
    language: str, said: dict[int, str]
) -> None:
    with translation.override(language):
        for count, words in said.items():
            form = ngettext("%(count)s comment", "%(count)s comments", count)
            assert form % {"count": count} == words


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("de", "[“”](?=\\w)|\\w”"),
        ("fr", " [;:!?»…]|« |\\w'\\w"),
        ("es", " …|[“”]"),
        ("ar", "[\u0600-\u06ff][,;?]| …"),
        ("zh_Hans", "[\u4e00-\u9fff)] ?[,;:?!.]"),
    ],
)
def test_signs_stand_as_the_language_sets_them(language: str, wrong: str) -> None:
    for message in catalogue(language):
        for form in forms(message) if message.id else ():
            assert not re.search(wrong, form), form
