"""Which admin site there is: one that asks for a second factor, where the settings say so."""

from django.conf import settings
from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = (
        "threads.accounts.token_site.TokenSite"
        if settings.SECOND_FACTOR
        else "threads.accounts.site.ArchiveSite"
    )
