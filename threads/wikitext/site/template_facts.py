"""What may be said of a template: the fields of data/templates.json, and of a wiki's own table.

data/README.md tells what each means.
"""

from collections.abc import Mapping

from threads.wikitext.markup.icons import ICONS
from threads.wikitext.markup.styles import STYLES

from .faults import BadProfile, gettext_noop

# The facts that an effect must have, and those that it may have.
EFFECTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    effect: (frozenset(must.split()), frozenset(may.split()))
    for effect, must, may in (
        ("sign", "time", "user zone before after"),
        ("mention", "before after", "label links"),
        ("quote", "text", "by source block before after"),
        ("closed", "", "result status body before after folded"),
        ("fold", "title", "before after"),
        ("settled", "body", ""),
        ("word", "word", "instead icon"),
        ("text", "text", ""),
        ("code", "", "before between after space"),
        ("link", "to text", "label need strip before after"),
        ("anchor", "", ""),
        ("aside", "", "text"),
        ("block", "", "text class before after"),
        ("wrap", "", "text tag class attributes before after"),
        ("break", "", ""),
        ("closed end", "", ""),
        ("fold end", "", ""),
        ("hide", "", ""),
        ("outdent", "", ""),
        ("quote end", "", ""),
        ("quote top", "", ""),
    )
}
# What an argument's value may say of the element around another one.
ATTRIBUTES = frozenset(["title", "lang", "color"])
TAGS = frozenset("abbr b code del em i ins kbd s samp small span strong sub sup u var".split())
_KEYS = frozenset("user time label text by source result status body title instead need".split())


def check(name: str, facts: object) -> None:
    """Whether the facts about a template can be used. In: its name. Raises BadProfile."""
    if not isinstance(facts, Mapping):
        raise BadProfile(
            gettext_noop(
                "The profile's template “{template}” must map names of facts to their values."
            ),
            template=name,
        )
    effect = str(facts.get("effect", ""))
    if effect not in EFFECTS:
        raise BadProfile(
            gettext_noop(
                "The profile's template “{template}” has no effect of the kind “{effect}”. The "
                "effects are: {effects}."
            ),
            template=name,
            effect=effect,
            effects=", ".join(sorted(EFFECTS)),
        )
    if found := _fault_of(effect, facts):
        said, fact = found
        raise BadProfile(said, template=name, fact=fact, effect=effect)


def _fault_of(effect: str, facts: Mapping[object, object]) -> tuple[str, str] | None:
    """What is wrong with a fact, and which one it is; None for nothing."""
    must, may = EFFECTS[effect]
    if missing := must - facts.keys():
        said = gettext_noop(
            "The profile's template “{template}” lacks “{fact}”, which the effect “{effect}” needs."
        )
        return said, min(missing)
    if odd := facts.keys() - must - may - {"effect"}:
        said = gettext_noop(
            "The profile's template “{template}” has “{fact}”, which the effect “{effect}” does "
            "not know."
        )
        return said, min(map(str, odd))
    for fact, value in facts.items():
        if not _is_good(str(fact), value):
            said = gettext_noop(
                "The profile's template “{template}” gives “{fact}” a value that it cannot have."
            )
            return said, str(fact)
    return None


def _is_good(name: str, value: object) -> bool:
    """Whether a fact may have such a value."""
    if name == "icon":
        return value in ICONS
    if name == "tag":
        return value in TAGS
    if name == "class":
        return isinstance(value, str) and set(value.split()) <= STYLES
    if name in ("zone", "block", "folded"):
        return isinstance(value, bool)
    if name == "attributes":
        return isinstance(value, Mapping) and value.keys() <= ATTRIBUTES and _are_texts(value)
    if name == "links":
        return isinstance(value, Mapping) and _are_texts(value)
    if name == "space":
        return value is None or isinstance(value, str)
    if isinstance(value, list | tuple) and name in _KEYS - {"body"}:
        return all(isinstance(key, str) for key in value)
    return isinstance(value, str)


def _are_texts(value: Mapping[object, object]) -> bool:
    return all(isinstance(each, str) for pair in value.items() for each in pair)
