"""How titles, user names and comment ids are written in addresses."""


class TextConverter:
    """Any text without control characters; no wiki has them in a name, no database likes them."""

    regex = r"[^\x00-\x1f\x7f]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TitleConverter(TextConverter):
    """A title or user name: blanks in the archive, underscores in the address."""

    def to_python(self, value: str) -> str:
        return value.replace("_", " ")

    def to_url(self, value: str) -> str:
        return value.replace(" ", "_")
