"""What templates need to know of the archive as a whole."""

from django import template
from django.conf import settings

from threads.models import TalkPage

register = template.Library()


@register.simple_tag
def rights() -> dict[str, str]:
    """Under what license the comments are: its name as `text`, and its `url`."""
    return {"text": settings.RIGHTS_TEXT, "url": settings.RIGHTS_URL}


@register.simple_tag
def archive_is_empty() -> bool:
    """Whether no page was imported yet. One query."""
    return not TalkPage.objects.exists()
