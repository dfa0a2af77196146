"""{{Templates}} and {{{parameters}}} among the tokens of a line."""

from .calls import SHOWING, Argument, Call, Part
from .effects import Effects
from .hyperlinks import LinkWalk
from .languages import Profile
from .nodes import CLOSE, LITERAL, NESTED, OPEN, TEXT, Node
from .tags import end_of
from .templates import Templates, lead_in
from .walk import Frame


class TemplateWalk(LinkWalk):
    """A walk that knows what to do with templates as well."""

    def __init__(self, text: str, profile: Profile, title: str) -> None:
        super().__init__(text, profile, title)
        self._templates = Templates(profile, self._links, title)
        self._effects = Effects(text, profile, self._links)

    def _open_template(self, _: object) -> None:
        self._push(2)

    def _separate_template(self, _: object) -> None:
        frame = self._frames[-1]
        self._end_argument(frame)
        self._position += 1
        if frame.call is None:
            self._sound(frame)
            name = self._text[frame.start + 2 : self._position - 1]
            frame.call = self._templates.call(name, frame.start)
            if frame.call.effect not in SHOWING:
                self._silence(frame)
        frame.value = self._position
        frame.key = ""
        frame.shown = len(self._out)

    def _end_argument(self, frame: Frame) -> None:
        if frame.call is not None:
            frame.call.arguments.append(
                Argument(frame.key, frame.value, self._position, frame.shown, len(self._out))
            )

    def _name_argument(self, _: object) -> None:
        frame = self._frames[-1]
        frame.key = self._text[frame.value : self._position].strip()
        self._position += 1
        frame.value = self._position
        if not self._mute:
            del self._out[frame.shown :]  # the name is not shown

    def _close_template(self, _: object) -> None:
        frame = self._frames[-1]
        self._end_argument(frame)
        call = frame.call
        if call is None:
            call = self._templates.call(self._text[frame.value : self._position], frame.start)
        self._pop(2)
        call.end = self._position
        if not self._mute:
            self._out[frame.node :] = self._shown(call)

    def _shown(self, call: Call) -> list[Node]:
        """The nodes of a template that has ended."""
        if call.effect not in SHOWING:
            return self._effects.nodes(call)
        markup, kind = self._effects.dress(call)
        if call.stands_alone(self._text):
            return [Node(NESTED, call.start, call.end, "", markup, call)]
        inner = [node for part in call.parts(self._text) for node in self._part(part)]
        if not inner and call.effect == "show":
            return self._effects.nodes(call)
        texts = [
            [Node(TEXT, call.start, call.end, call.facts[side], "", LITERAL)]
            if call.facts.get(side)
            else []
            for side in ("before", "after")
        ]
        if markup == "<span>":  # nothing to be seen of it
            return [*texts[0], *inner, *texts[1]]
        opening = Node(OPEN, call.start, call.start, "", markup, kind)
        closing = Node(CLOSE, call.end, call.end, "", end_of(markup), kind)
        return [opening, *texts[0], *inner, *texts[1], closing]

    def _part(self, part: Part) -> list[Node]:
        argument = part.argument
        shown = self._out[argument.first : argument.last]
        return [*lead_in(part), *shown] if shown else []

    def _open_parameter(self, _: object) -> None:
        self._push(3)

    def _separate_parameter(self, _: object) -> None:
        """What follows is shown where the parameter is not given, as on a page itself."""
        frame = self._frames[-1]
        self._position += 1
        if not frame.key:
            frame.key = "default"
            self._sound(frame)

    def _close_parameter(self, _: object) -> None:
        frame = self._pop(3)
        if frame.key:
            return
        self._add(TEXT, frame.start, self._text[frame.start : self._position], "", LITERAL)
