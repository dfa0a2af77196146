"""Templates whose arguments hold lines: they are read as the page's own."""

from threads.wikitext.flow.calls import BOXES, Call
from threads.wikitext.flow.nodes import BREAK, LITERAL, STATE, TEXT, Break, Node, Quoted
from threads.wikitext.markup.tags import end_of
from threads.wikitext.syntax.templates.lookup import lead_in

from .state import NO_BREAK, NONE, TEMPLATE, BlockState

MAX_NESTING = 40  # of templates that hold whole lines; MediaWiki's own limit


def template(state: BlockState, node: Node) -> None:
    """A template that is a block."""
    call = node.info
    assert isinstance(call, Call)
    if state.nesting >= MAX_NESTING:
        state.add(Node(TEXT, node.start, node.end, state.text[node.start : node.end]))
        return
    marks, prefix, depth = state.marks, state.prefix, len(state.open)
    quoted = Quoted.QUOTE if call.effect == "quote" else Quoted.NO
    state.begin(TEMPLATE, items=state.items, quoted=quoted)
    state.set_marks("")
    state.nesting += 1
    state.lines = NONE
    if call.effect in BOXES:
        state.add(Node(STATE, call.start, call.end, "", "", call))
    state.add_break(node.start, Break(marks, node.html, holds_lines=True))
    _add_words(state, call, "before")
    _read_arguments(state, call)
    _add_words(state, call, "after")
    state.nesting -= 1
    state.end(depth)
    state.set_marks(marks)
    state.prefix, state.lines = prefix, NONE
    state.add_break(node.end, Break("", end_of(node.html)))


def _read_arguments(state: BlockState, call: Call) -> None:
    """What a reader sees of its arguments."""
    for part in call.parts(state.text):
        start, end = part.argument.start, part.argument.end
        state.lines = NONE
        while start < end and state.text[start] in " \t":
            start += 1  # no line begins here: the blank makes no preformatted text
        begun = len(state.flow)
        state.read(state, start, end)
        _put_before(state.flow, begun, lead_in(part))
        state.add_break(end, NO_BREAK)


def _put_before(flow: list[Node], place: int, lead: list[Node]) -> None:
    """Put what leads in to an argument in front of its first words."""
    while place < len(flow) and flow[place].kind is BREAK:
        place += 1
    if lead and place < len(flow):
        for node in lead:
            node.level, node.quoted = flow[place].level, flow[place].quoted
        flow[place:place] = lead


def _add_words(state: BlockState, call: Call, side: str) -> None:
    """What the template itself says before or after its arguments."""
    words = call.facts.get(side)
    if words:
        state.add(Node(TEXT, call.start, call.start, str(words), "", LITERAL))
        state.add_break(call.start, NO_BREAK)
