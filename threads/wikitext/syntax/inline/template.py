"""{{Templates}} and {{{parameters}}} among the tokens."""

from threads.wikitext.flow.calls import (
    SHOWING,
    WORD,
    WORD_ARGUMENT,
    Argument,
    Call,
    ShownArgument,
)
from threads.wikitext.flow.nodes import CLOSE, LITERAL, NESTED, OPEN, TEXT, Node
from threads.wikitext.markup.tags import end_of
from threads.wikitext.syntax.templates.lookup import SIGNS, UNKNOWN, lead_in
from threads.wikitext.syntax.templates.signing import signs

from .state import Frame, InlineState


def open_template(state: InlineState, _: object) -> None:
    """ "{{" """
    state.push(2)


def separate_template(state: InlineState, _: object) -> None:
    """The "|" behind the name, or behind an argument."""
    frame = state.frames[-1]
    _end_argument(state, frame)
    state.position += 1
    if frame.call is None:
        state.sound(frame)
        name = state.text[frame.start + 2 : state.position - 1]
        frame.call = state.page.templates.call(name, frame.start)
        if frame.call.effect not in SHOWING and frame.call.effect != WORD:
            state.silence(frame)
    frame.value = state.position
    frame.key = ""
    frame.first = len(state.out)


def name_argument(state: InlineState, _: object) -> None:
    """The "=" behind an argument's name, which is not shown."""
    frame = state.frames[-1]
    frame.key = state.text[frame.value : state.position].strip()
    state.position += 1
    frame.value = state.position
    if not state.mute:
        del state.out[frame.first :]


def close_template(state: InlineState, _: object) -> None:
    """ "}}" """
    frame = state.frames[-1]
    _end_argument(state, frame)
    call = frame.call
    if call is None:
        name = state.text[frame.value : state.position]
        call = state.page.templates.call(name, frame.start)
    state.pop(2)
    call.close(state.position, state.text)
    if call.facts is UNKNOWN and signs(call, state.text):
        call.facts = SIGNS
    if not state.mute:
        state.out[frame.node :] = _shown(state, call)


def _end_argument(state: InlineState, frame: Frame) -> None:
    if frame.call is not None:
        frame.call.arguments.append(
            Argument(frame.key, frame.value, state.position, frame.first, len(state.out))
        )


def _shown(state: InlineState, call: Call) -> list[Node]:
    """The nodes of a template that has ended."""
    effects = state.page.effects
    if call.effect == WORD and (signed := _signed(state, call)):
        return [*effects.word(call, str(call.facts["word"])), *signed]
    if call.effect not in SHOWING:
        return effects.nodes(call)
    markup, kind = effects.dress(call)
    if call.stands_alone(state.text):
        return [Node(NESTED, call.start, call.end, "", markup, call)]
    inner = [node for part in call.parts(state.text) for node in _part(state, part)]
    if not inner and call.effect == "show":
        return effects.nodes(call)
    before, after = (
        [Node(TEXT, call.start, call.end, call.facts[side], "", LITERAL)]
        if call.facts.get(side)
        else []
        for side in ("before", "after")
    )
    if markup == "<span>":  # nothing to be seen of it
        return [*before, *inner, *after]
    opening = Node(OPEN, call.start, call.start, "", markup, kind)
    closing = Node(CLOSE, call.end, call.end, "", end_of(markup), kind)
    return [opening, *before, *inner, *after, closing]


def _signed(state: InlineState, call: Call) -> list[Node]:
    """What is said and signed in an argument that else stands in place of a template's word."""
    argument = call.argument(call.facts.get("instead", WORD_ARGUMENT), state.text)
    if argument is None or "\n" in state.text[call.start : call.end]:
        return []
    inner = state.out[argument.first : argument.last]
    if not any(node.user for node in inner):
        return []
    return [Node(TEXT, argument.start, argument.start, " ", "", LITERAL), *inner]


def _part(state: InlineState, part: ShownArgument) -> list[Node]:
    """An argument with what leads in to it, where it shows anything."""
    shown = state.out[part.argument.first : part.argument.last]
    return [*lead_in(part), *shown] if shown else []


def open_parameter(state: InlineState, _: object) -> None:
    """ "{{{" """
    state.push(3)


def separate_parameter(state: InlineState, _: object) -> None:
    """The "|" behind the name: what follows is shown, as on a page itself."""
    state.position += 1
    state.sound(state.frames[-1])


def close_parameter(state: InlineState, _: object) -> None:
    """ "}}}": without a default, its source is shown."""
    has_default = not state.frames[-1].is_muted
    frame = state.pop(3)
    if not has_default:
        state.add(TEXT, frame.start, state.text[frame.start : state.position], "", LITERAL)
