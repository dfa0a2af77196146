"""Under what license the comments are, for formats that are passed on."""

from django.conf import settings

SENTENCE = "The comments are by their authors and available under {} unless otherwise noted."


def rights() -> tuple[str, str]:
    """The license's name, and its address."""
    return settings.RIGHTS_TEXT, settings.RIGHTS_URL
