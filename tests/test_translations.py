"""The archive's own words are there in every language that it offers, and in one piece."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from talkarchive.bootstrap import BASE_DIR

from .messages import messages, messages_in

FOLDER = BASE_DIR / "threads" / "locale"
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
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


@EACH_LANGUAGE
def test_no_message_is_missing(language: str) -> None:
    known = {(each.context, first_of(each)) for each in catalogue(language) if all(forms(each))}
    missing = [each for each in messages() if (each.context, each.forms[0]) not in known]
    assert not missing, f"{len(missing)} messages are not in {language}: run makemessages"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("templates/404.html", "Browse the archive"),
        ("templates/jinja/threads/_rows.html", "More actions"),
        ("templates/admin/threads/talkpage/_steps.html", "Source"),
        ("threads/presentation/times/dates.py", "%(time)s ago; times are in %(zone)s"),
        ("threads/models/discussion/changes.py", "Edited"),
        ("threads/accounts/record.py", "An import was started."),
        ("threads/ingest/reasons.py", "permission denied"),
        ("threads/management/progress.py", "%(count)s page was not imported."),
        ("threads/wikitext/structure/problem_messages.py", "Indentation skips a level."),
    ],
)
def test_messages_are_found_where_they_are_written(path: str, words: str) -> None:
    assert words in {each.forms[0] for each in messages_in(BASE_DIR / path)}


def test_messages_have_their_plural_and_their_context(tmp_path: Path) -> None:
    template = tmp_path / "a.html"
    template.write_text(
        '{% translate "Filter" context "heading" %}'
        "{% blocktranslate trimmed count count=2 %}\n{{ count }} page\n{% plural %}\n"
        "{{ count }} pages\n{% endblocktranslate %}"
    )
    module = tmp_path / "a.py"
    module.write_text('_("One " "line")\nngettext("%(n)s line", "%(n)s lines", 2)\nother("No")\n')

    assert {(each.context, each.forms) for each in messages_in(template)} == {
        ("heading", ("Filter",)),
        (None, ("%(count)s page", "%(count)s pages")),
    }
    assert {each.forms for each in messages_in(module)} == {
        ("One line",),
        ("%(n)s line", "%(n)s lines"),
    }


@EACH_LANGUAGE
def test_what_is_used_is_what_is_written(language: str) -> None:
    def told(kind: str) -> dict[tuple[str | None, str], list[str]]:
        messages = [each for each in catalogue(language, kind) if each.id and all(forms(each))]
        return {(each.context, first_of(each)): forms(each) for each in messages}

    written, used = told("po"), told("mo")
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
        ("zh-hans", {0: "0 条留言", 1: "1 条留言", 5: "5 条留言"}),
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
