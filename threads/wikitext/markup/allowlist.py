"""What may come out of wikitext: the one list that all stored HTML goes through.

No style passes, and no class but ours: what wikitext says about looks comes as one of the
classes of styles.py. What positions, covers, hides or loads has none.
"""

import re
from html import escape

import nh3

from .highlighting import CLASSES as CODE
from .icons import ICONS
from .styles import STYLES

TAGS = set(
    (
        "a abbr b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn "
        "div dl dt em figcaption figure hr i ins kbd li mark ol p pre q rp rt ruby s samp small "
        "span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr"
    ).split()
)
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "data-file", "data-width"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "li": {"id", "value"},
    "span": {"id", "data-file", "data-width"},
    "sup": {"id"},
    "details": {"open"},
    "time": {"datetime"},
    "data": {"value"},
}
OWN_SPANS = {
    *("mention", "template", "name", "key", "word", "quote", "icon", "file"),
}
# Besides those that say how something looks, which any element may have.
OWN_CLASSES = {
    "a": {"external", "wiki", "user", "file"},
    "span": OWN_SPANS | ICONS | CODE,
    "div": {"template", "quote", "closed", "settled", "label", "scroll", "poem"},
    "details": {"fold"},
    "code": {"math"},
    "ul": {"gallery"},
    "ol": {"notes", "code"},
    "sup": {"note"},
}
CLASSES = {tag: STYLES | OWN_CLASSES.get(tag, set()) for tag in TAGS}
# Those that MediaWiki makes links of, and our own for what is resolved when it is read.
SCHEMES = set(
    (
        "bitcoin ftp ftps geo git gopher http https irc ircs magnet mailto matrix mms news nntp "
        "redis sftp sip sips sms ssh svn tel telnet urn wiki worldwind xmpp"
    ).split()
)
_REL = "nofollow noopener"
NOTE = "note-"  # before every id, so that no text can take one that the page itself uses
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=_REL,
    id_prefix=NOTE,
    clean_content_tags={"script", "style"},
)

# Paragraphs of text with links, and bold, italic and small text in them, as most items are:
# cleaning gives them back as they are, and takes much longer.
_SIGNS = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0]++|&(?:amp|lt|gt);"
# Of an address, its host as nearly all are: others may be none, and are taken out.
_ADDRESS = (
    r"(?:wiki:|https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?=[/?#\"]))"
    r'(?:[^"<>&\s\x00-\x1f\x7f-\xa0]|&amp;)*+'
)
_ELEMENTS = "|".join(
    f"<{opening}>(?:{_SIGNS})*+</{name}>"
    for name, opening in (
        ("a", f'a class="(?:external|user|wiki)" href="{_ADDRESS}" rel="{_REL}"'),
        ("b", "b"),
        ("i", "i"),
        ("small", "small"),
    )
)
_CLEAN = re.compile(f"(?:{_SIGNS}|{_ELEMENTS}|<p>(?:{_SIGNS}|{_ELEMENTS}|<br>)*+</p>)*+")


def clean(html: str) -> str:
    """Only what the allowlist lets through, and every element closed."""
    return html if _CLEAN.fullmatch(html) else _CLEANER.clean(html)


def link(kind: str, address: str) -> str:
    """The opening tag of a link, as cleaning leaves it."""
    href = escape(address, quote=False).replace('"', "&quot;")
    return f'<a class="{kind}" href="{href}" rel="{_REL}">'
