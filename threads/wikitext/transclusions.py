"""{{Templates}} and {{{parameters}}} among the tokens of a line."""

from .languages import Profile
from .links import Links
from .nodes import CLOSE, NESTED, OPEN, TEXT
from .templates import BLOCKS, SHOWING, Call, Templates
from .walk import Frame, Walk


class TemplateWalk(Walk):
    """A walk that knows what to do with templates."""

    def __init__(self, text: str, profile: Profile, links: Links) -> None:
        super().__init__(text)
        self._templates = Templates(text, profile, links)

    def _open_template(self, _: object) -> None:
        self._push(2)

    def _separate_template(self, _: object) -> None:
        frame = self._frames[-1]
        self._end_argument(frame)
        self._position += 1
        call = frame.call
        if call is None:
            self._sound(frame)
            name = self._text[frame.start + 2 : self._position - 1]
            frame.call = call = self._templates.call(name, frame.start)
            self._begin_template(frame, call)
        elif len(self._out) > frame.shown:
            self._add(TEXT, self._position, " ", "", "literal")
        frame.value = self._position
        frame.key = ""
        frame.shown = len(self._out)

    def _begin_template(self, frame: Frame, call: Call) -> None:
        if call.effect in SHOWING:
            self._add(OPEN, frame.start, "", *self._templates.dress(call))
        else:
            self._silence(frame)

    def _end_argument(self, frame: Frame) -> None:
        if frame.call is not None:
            frame.call.arguments.append((frame.key, frame.value, self._position))

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
        bare = call is None
        if call is None:
            call = self._templates.call(self._text[frame.value : self._position], frame.start)
        frame = self._pop(2)
        call.end = self._position
        if self._mute:
            return
        if call.effect not in SHOWING:
            self._out += self._templates.nodes(call)
            return
        if bare:
            self._begin_template(frame, call)
        self._end_shown(frame, call)

    def _end_shown(self, frame: Frame, call: Call) -> None:
        opened = self._out[frame.node]
        if call.effect in BLOCKS or "\n" in self._text[call.start : call.end]:
            del self._out[frame.node :]
            self._add(NESTED, call.start, "", opened.html, call)
        elif call.effect == "show" and len(self._out) == frame.node + 1:
            del self._out[frame.node :]
            self._out += self._templates.nodes(call)
        else:
            self._add(CLOSE, call.end, "", "</span>", opened.info)

    def _open_parameter(self, _: object) -> None:
        self._push(3)

    def _close_parameter(self, _: object) -> None:
        frame = self._pop(3)
        self._add(TEXT, frame.start, self._text[frame.start : self._position], "", "literal")
