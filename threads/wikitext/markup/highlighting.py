"""Source code in colours: Pygments' tokens, as a few classes of our own."""

from functools import cache
from html import escape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String
from pygments.util import ClassNotFound

# In characters; what is longer stays in one colour: some lexers' work grows with the square.
MAX_LENGTH = 5_000
MAX_LINE = 250
# What talk pages show source in, and no lexer that hostile text of that length keeps busy for
# more than a second: those of C do.
LANGUAGES = frozenset(
    (
        "apache apacheconf bash bat c# clojure csharp css diff django dockerfile elixir "
        "erlang fsharp go groovy haskell html html+php http ini java javascript jinja js json "
        "jsonld kotlin latex less lisp lua make makefile matlab nginx ocaml pascal "
        "perl php powershell prolog ps1 py py3 python python3 r rb ruby rust sass scala scheme "
        "scss sh shell sparql sql svg swift tex toml ts tsx turtle typescript vb vbnet vim xml "
        "xslt yaml yml zsh"
    ).split()
)
# The first that a token's type lies in.
_CLASSES = (
    (Comment.Preproc, "code-tag"),
    (Comment, "code-remark"),
    (Keyword, "code-word"),
    (Operator.Word, "code-word"),
    (Name.Tag, "code-tag"),
    (Name.Builtin, "code-name"),
    (Name.Function, "code-name"),
    (Name.Class, "code-name"),
    (Name.Attribute, "code-name"),
    (Name.Decorator, "code-name"),
    (Name.Property, "code-name"),
    (String, "code-text"),
    (Number, "code-number"),
    (Generic.Inserted, "code-added"),
    (Generic.Deleted, "code-removed"),
    (Generic.Heading, "code-name"),
    (Generic.Subheading, "code-name"),
)
CLASSES = frozenset(name for _, name in _CLASSES)


def coloured(source: str, language: str) -> str:
    """HTML of a source text, line feeds kept; plain where the language is not known."""
    fits = len(source) <= MAX_LENGTH and max(map(len, source.split("\n"))) <= MAX_LINE
    lexer = _lexer(language.strip().lower()) if fits else None
    if lexer is None:
        return escape(source, quote=False)
    parts: list[str] = []
    for name, run in groupby(lexer.get_tokens(source), key=lambda token: _class_of(token[0])):
        shown = escape("".join(text for _, text in run), quote=False)
        parts.append(f'<span class="{name}">{shown}</span>' if name else shown)
    return "".join(parts)


@cache
def _class_of(kind: object) -> str:
    return next((name for family, name in _CLASSES if kind in family), "")


def lines(html: str) -> list[str]:
    """Coloured HTML line by line: a span that runs over several is one in each."""
    done: list[str] = []
    opening = ""
    for line in html.split("\n"):
        whole = opening + line
        last = line.rfind("<")
        if last >= 0:
            ended = line.startswith("</", last)
            opening = "" if ended else line[last : line.index(">", last) + 1]
        done.append(f"{whole}</span>" if opening else whole)
    return done


def _lexer(language: str) -> Lexer | None:
    if language not in LANGUAGES:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:  # a version of Pygments that has another name for it
        return None
