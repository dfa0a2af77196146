"""What is wrong with a wiki's own profile: whole sentences, with places for what is named."""


def gettext_noop(message: str) -> str:
    """Marks a message to be translated by whoever shows it: this package knows no Django."""
    return message


class BadProfile(ValueError):
    """A wiki's own profile names a field that there is not, or gives it a wrong value.

    `message` is the sentence that tells what to mend, in English, with `values` for its places.
    """

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message.format(**values))
        self.message, self.values = message, values
