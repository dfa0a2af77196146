"""What the templates that talk pages use do to a discussion: one table.

A template's text is not at hand, only its name and arguments. What is not in the table
is shown as a chip with its arguments, and read as if it showed them.
"""

import re
from dataclasses import dataclass, field
from enum import Enum


class Effect(Enum):
    """What a template does."""

    SHOW = "show"  # shows its arguments; the same for every template not in the table
    WRAP = "wrap"  # shows its arguments as they are, in some dress: nothing of its own
    BLOCK = "block"  # the same as a block: {{center}}, {{resolved}}
    CODE = "code"  # shows a template's name: {{tl|ping}}
    MENTION = "mention"  # names users: {{ping|A|B}}
    QUOTE = "quote"  # quotes someone: timestamps in it are not the page's own
    OUTDENT = "outdent"  # parts comments: what follows begins again at the left
    HIDE = "hide"  # shows nothing
    ASIDE = "aside"  # shows something that is not part of the discussion
    SIGN = "sign"  # is a signature: names a user and a time


_TABLE: dict[Effect, str] = {
    Effect.WRAP: """
        small|smaller|larger|big|nowrap|1x|echo|green|red|abbr|color|font color|colour|strike|s|
        lang|bigger|resize|midsize|nobold|larger|smaller|mono|var|kbd|samp|code|em|strong
    """,
    Effect.BLOCK: """
        center|centre|resolved|block indent|tmbox|ombox|hidden|collapse|plainlist|hlist|indent|
        erledigt|erl|quote box|opgelost|résolu|box|section resolved|fait|stale|moved discussion
    """,
    Effect.CODE: """
        tl|tlx|tlc|tlp|tlg|tlf|tnull|tld|tlxs|tls|m|modèle|vorlage|sjabloon|szablon|t|tn|tlu
    """,
    Effect.MENTION: """
        ping|re|reply|reply to|replyto|mention|notify|yo|u|user link|user|noping|no ping|
        répondre à|reply-to|hello|ping users|@|mentionner|notif|respuesta|antwort
    """,
    Effect.QUOTE: """
        tq|tqi|tq2|tqb|tqq|talkquote|talk quote|talkquote inline|talk quote inline|quote|
        blockquote|cquote|quotation|talk quote block|xt|!xt|zitat|citation
    """,
    Effect.OUTDENT: """
        outdent|od|outdent2|unindent|oud|undent|od2|de-indent|noindent|outdent arrow|
        rückrück|dedent|→|reset indent
    """,
    Effect.HIDE: """
        clear|clr|-|anchor|anchors|defaultsort|displaytitle|nobots|bots|archive bottom|
        archivebottom|hab|collapse bottom|cob|discussion bottom|closed rfc bottom|closed rfc bot|
        rfc bottom|rfcbot|abot|ab|archive-bottom|hidden archive bottom|talk page archive bottom|
        clearleft|clear right|clear left|toc|tocright|toc right|toc left|tocleft|toclimit|
        reflist|reflist-talk|reflist talk|sources-talk|refs|talkref|talk reflist|references-talk
    """,
    Effect.ASIDE: "tracked|tracked2|phabricator tracked",
    Effect.SIGN: """
        unsigned|unsignedip|unsigned ip|unsigned2|unsignedip2|unsigned3|undated|non signé|
        nonsigné|nf|niepodpisany|unsigned-ip|unsigned-user|unsigned user|tidlöst|osignerat|
        nicht signiert|unsignedsmall|sin firma|no firmado
    """,
}

EFFECTS: dict[str, Effect] = {
    name: effect
    for effect, names in _TABLE.items()
    for name in re.sub(r"\s*\n\s*", "", names).split("|")
}

# Magic words and parser functions that show nothing.
_HIDDEN_WORDS = re.compile(
    r"(?:DEFAULTSORT|DISPLAYTITLE|#(?:if|ifeq|switch|ifexist|ifexpr|invoke|tag|vardefine|babel|"
    r"seo|set|time|expr)|NOEXTERNALLANGLINKS|PAGENAME|FULLPAGENAME|NAMESPACE|TALKPAGENAME)\b"
)


def effect_of(name: str) -> Effect:
    """What the template of that name (as it stands between the braces) does."""
    name = name.strip()
    if _HIDDEN_WORDS.match(name):
        return Effect.HIDE
    for prefix in ("subst:", "safesubst:", "template:"):
        if name.lower().startswith(prefix):
            name = name[len(prefix) :].strip()
    return EFFECTS.get(name.replace("_", " ").lower(), Effect.SHOW)


@dataclass(slots=True)
class Call:
    """One use of a template: its name and where its arguments' values stand in the page."""

    name: str
    effect: Effect
    start: int
    arguments: list[tuple[str, int, int]] = field(default_factory=list)  # (key or "", start, end)

    def positional(self, text: str) -> list[str]:
        """The values of its unnamed and numbered arguments, trimmed, empty ones left out."""
        values = [text[a:b].strip() for key, a, b in self.arguments if not key or key.isdigit()]
        return [value for value in values if value]
