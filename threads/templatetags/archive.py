"""What the admin's start needs to know of the archive."""

from django import template

from threads.models import TalkPage

register = template.Library()


@register.simple_tag
def archive_is_empty() -> bool:
    """Whether no page was imported yet. One query."""
    return not TalkPage.objects.exists()
