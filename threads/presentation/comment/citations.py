"""How a comment is cited, linked to, and quoted on a wiki."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from threads.models import Comment
from threads.presentation.times.calendar import in_zone
from threads.presentation.times.dates import DAY, MOMENT, signed_at, zone_of

from .corrections import Correction

IN_FRAGMENT = "/:,;@!$*()"  # what an address may have after its #, and MediaWiki writes there
# What ends a link on a wiki, or begins something else there.
_UNSAFE_IN_LINK = re.compile(r"[\[\]{}|<>%]")
# What a wiki would read as markup in plain text.
_MARKUP = re.compile(r"[\[\]{}|<>]|''+|~~~+|__|&(?=#?\w+;)|^(?:[:*#; =]|-(?=---))")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX_SPECIAL = re.compile(r"[\\{}%&#$_~^]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is said of a comment, in every form."""

    author: str
    when: datetime  # in the zone in which it was signed
    is_day_alone: bool  # the time of day is not known
    heading: str
    page: str
    wiki: str
    revision: int | None  # the last one that had it, where its number is known
    permalink: str  # in the archive, in full
    url: str  # on the wiki, in full; else the permalink
    corrected: str = ""  # what of it an editor of the archive corrected, as sentences

    @property
    def key(self) -> str:
        time = "" if self.is_day_alone else f"-{self.when:%H%M}"
        return f"{slugify(self.author) or 'comment'}-{self.when.date()}{time}"

    @property
    def title(self) -> str:
        if not self.heading:
            return _("Comment on “%s”") % self.page
        return _("Comment in topic “%s”") % self.heading

    @property
    def container(self) -> str:
        """“Talk:Bridges”, Meta-Wiki, revision 123."""
        parts = [_("“%s”") % self.page, self.wiki]
        if self.revision:
            parts.append(_("revision %d") % self.revision)
        return _(", ").join(parts)

    def plain(self) -> str:
        when = date_format(self.when, str(DAY.whole if self.is_day_alone else MOMENT.whole))
        if not self.is_day_alone:
            when = f"{when} ({self.when.tzname()})"
        parts = [
            f"{self.author}: {self.title}, {when}.",
            f"{self.container}.",
            f"{self.url}.",
            f"{settings.RIGHTS_TEXT}, {settings.RIGHTS_URL}.",
        ]
        if self.permalink != self.url:
            parts.append(f"{_('Archived at %s') % self.permalink}.")
        if self.corrected:
            parts.append(self.corrected)
        return " ".join(parts)

    def bibtex(self) -> str:
        fields = {
            "author": f"{{{_tex(self.author)}}}",
            "title": _tex(self.title),
            "howpublished": _tex(self.container),
            "year": f"{self.when.year:04}",
            "month": f"{self.when:%m}",
            "day": f"{self.when:%d}",
            "url": self.url,
            "note": _tex(f"{settings.RIGHTS_TEXT}. " + _("Archived at %s") % "")
            + f"\\url{{{self.permalink}}}"
            + (f". {_tex(self.corrected)}" if self.corrected else ""),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}}}\n"

    def csl(self) -> list[dict[str, object]]:
        """The citation as CSL-JSON's version 1.0.2 has it."""
        item: dict[str, object] = {
            "id": self.key,
            "type": "post",
            "author": [{"literal": self.author}],
            "title": self.title,
            "container-title": self.page,
            "publisher": self.wiki,
            "issued": {"date-parts": [[self.when.year, self.when.month, self.when.day]]},
            "URL": self.url,
            "archive_location": self.permalink,
            "license": f"{settings.RIGHTS_TEXT}, {settings.RIGHTS_URL}",
        }
        if self.revision:
            item["version"] = str(self.revision)
        if self.corrected:
            item["note"] = self.corrected
        return [item]


def citation_of(
    comment: Comment, permalink: str, corrections: Sequence[Correction] = ()
) -> Citation:
    """In: a comment with its context and revision; its address in the archive, in full; what was
    corrected of it."""
    page = comment.page
    on_wiki = page.url_on_wiki
    zone = zone_of(page.wiki)
    return Citation(
        author=comment.author.name,
        when=in_zone(signed_at(comment, zone), zone),
        is_day_alone=comment.is_day_alone,
        heading=comment.section.title,
        page=page.title,
        wiki=str(page.wiki),
        revision=comment.revision.number,
        permalink=permalink,
        url=f"{on_wiki}#{quote(comment.ident, safe=IN_FRAGMENT)}" if on_wiki else permalink,
        corrected=" ".join(_with_editor(each) for each in corrections),
    )


def _with_editor(correction: Correction) -> str:
    """What was corrected, by whom and when, as sentences."""
    told = {
        "said": correction.said,
        "name": correction.who,
        "date": correction.when.date().isoformat(),
    }
    if not correction.who:
        return _("%(said)s Corrected in this archive on %(date)s.") % told
    return _("%(said)s Corrected in this archive by %(name)s on %(date)s.") % told


def wikitext_link(comment: Comment, citation: Citation) -> str:
    """A link to the comment, for pages of its wiki."""
    page = comment.page.title_on_wiki or citation.page
    target = f"{page}#{_UNSAFE_IN_LINK.sub(lambda found: quote(found[0]), comment.ident)}"
    when = f"{citation.when.date()}"
    if not citation.is_day_alone:
        when = f"{citation.when:%H:%M}, {when} ({citation.when.tzname()})"
    return f"[[{target}|{_plain(citation.author)}, {when}]]"


def quotes(comment: Comment, citation: Citation) -> list[str]:
    """The comment's words as quotes for its wiki: one for within a line, where it is one; a block.

    The first needs a template “Tq”, which the large wikis have.
    """
    link = wikitext_link(comment, citation)
    lines = [_plain(line) for line in comment.text.splitlines() if line.strip()]
    block = "\n\n".join(lines)
    written = [f"<blockquote>\n{block}\n</blockquote>\n— {link}"]
    return [f"{{{{tq|1={lines[0]}}}}} — {link}", *written] if len(lines) == 1 else written


def _plain(text: str) -> str:
    """Text that a wiki shows as it is: what may be markup stands as a character reference."""
    return _MARKUP.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), text)


def _tex(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda found: _TEX.get(found[0], f"\\{found[0]}"), text)
