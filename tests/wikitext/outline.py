"""HTML to its structure and words, so that ours and MediaWiki's can be compared.

One line a block: its elements from outside in, then its text with inline elements as tags.

    ul li: Bring the <b>lamp</b>
    ul li ul li: and oil

What two renderings may differ in is left out: classes, styles, ids and the elements that carry
only these; where blanks stand between blocks; and how addresses on the wiki are written.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.mediawiki import INTERWIKI

BLOCKS = frozenset(
    (
        "blockquote caption center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li "
        "ol p pre summary table td th tr ul"
    ).split()
)
# They say how something looks or where a block belongs, and nothing about the text.
BARE = frozenset("bdi big body center div font html p span tbody thead tfoot tt".split())
NEWER = {"strike": "s"}
VOID = frozenset(["br", "img", "wbr"])
# What MediaWiki adds around the text for its own scripts and editors.
UNSEEN = "style, script, link, meta, .mw-editsection, .toc, .mw-empty-elt, .mw-cite-backlink"
KEPT = ("colspan", "rowspan", "start", "dir", "lang")
_RED_LINK = re.compile(r"/index\.php\?title=([^&]*)&action=edit&redlink=1")
PREFIXES = {host: prefix for prefix, host in INTERWIKI.items()}
_INTERWIKI = re.compile(rf"https://({'|'.join(PREFIXES)})/wiki/(.*)")
_TWICE = re.compile(r" ((?:<[^/][^>]*>)+) ")  # browsers show one
_EDGES = re.compile(r"^(?:<br> ?)+|(?: ?<br>)+$| (?=(?:</[a-z]+>)+$)")
_NOTE = re.compile("cite_note-|note-")
_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")  # MediaWiki sets no-break spaces of its own


def outline(html: str) -> str:
    """The structure and words of an HTML fragment."""
    tree = LexborHTMLParser(f"<body>{html}")
    for node in tree.css(UNSEEN):
        node.decompose()
    for node in tree.css("a"):
        if node.text() == "↑":
            node.decompose()
    assert tree.body is not None
    lines: list[str] = []
    _write(tree.body, (), lines, pre=False)
    return "\n".join(lines)


def words(html_or_outline: str) -> str:
    """The words of an outline: what a reader sees, without any structure."""
    shown = [line.partition(": ")[2] for line in html_or_outline.splitlines()]
    text = " ".join(re.sub(r"<br>", " ", line) for line in shown)
    text = re.sub(r"<[^<>]*>", "", text).replace("&lt;", "<").replace("&gt;", ">")
    return " ".join(text.replace("⏎", " ").replace("&amp;", "&").split())


def _write(node: LexborNode, path: tuple[str, ...], lines: list[str], *, pre: bool) -> None:
    """Add the lines of a block's content."""
    run: list[str] = []
    before = len(lines)

    def flush() -> None:
        text = "".join(run)
        text = text.strip("\n").replace("\n", "⏎") if pre else _BLANKS.sub(" ", text).strip()
        text = text if pre else _EDGES.sub("", _TWICE.sub(r" \1", text))
        if text:
            lines.append(f"{' '.join(path) or '-'}: {text}")
        run.clear()

    for child in _children(node):
        if child.tag in BLOCKS or _holds_block(child):
            flush()
            inner = path if child.tag in BARE else (*path, _opening(child))
            _write(child, inner, lines, pre=pre or child.tag == "pre")
        else:
            run.append(_inline(child))
    flush()
    if len(lines) == before and path and node.tag in ("td", "th", "hr"):
        lines.append(f"{' '.join(path)}:")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _holds_block(node: LexborNode) -> bool:
    return not node.is_text_node and any(
        inner.tag in BLOCKS for inner in node.css("*") if inner != node
    )


def _inline(node: LexborNode) -> str:
    if node.is_text_node:
        return (node.text_content or "").replace("&", "&amp;").replace("<", "&lt;")
    if node.is_comment_node:
        return ""
    inner = "".join(_inline(child) for child in _children(node))
    if node.tag in BARE and not _attributes(node):
        return inner
    if node.tag in VOID:
        return f"<{_opening(node)}>"
    return f"<{_opening(node)}>{inner}</{_name(node)}>"


def _name(node: LexborNode) -> str:
    return NEWER.get(node.tag or "", node.tag or "")


def _opening(node: LexborNode) -> str:
    return f"{_name(node)}{_attributes(node)}"


def _attributes(node: LexborNode) -> str:
    found = node.attributes
    kept = {name: found[name] for name in KEPT if found.get(name)}
    if kept.get("dir") == "ltr":
        del kept["dir"]  # the page's own
    if node.tag == "a" and found.get("href"):
        kept["href"] = _address(found["href"] or "")
    return "".join(f" {name}={value}" for name, value in kept.items())


def _address(href: str) -> str:
    """Addresses on the wiki as "wiki:Title#fragment"."""
    href, _, fragment = href.partition("#")
    if _NOTE.match(fragment):
        return "#note"
    if wiki := _INTERWIKI.fullmatch(href):
        href = f"wiki:{PREFIXES[wiki[1]]}:{wiki[2]}"
    if red := _RED_LINK.fullmatch(href):
        href = f"wiki:{red[1]}"
    href = href.replace("/index.php/", "wiki:").replace("/index.php?title=", "wiki:")
    if href.startswith("wiki:"):
        # MediaWiki leaves the fragment out where it knows of no such page.
        title = unquote(href.removeprefix("wiki:")).replace("_", " ")
        return ":".join(["wiki", *(part[:1].upper() + part[1:] for part in title.split(":"))])
    return f"{href}#{unquote(fragment).replace('_', ' ')}" if fragment else href
