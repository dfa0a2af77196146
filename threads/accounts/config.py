"""Which admin site there is: one that asks for a second factor, where the settings say so."""

from django.conf import settings
from django.contrib.admin import apps


class AdminConfig(apps.SimpleAdminConfig):
    """Commands need none of the admin's pages: they are imported with the addresses."""

    default_site = (
        "threads.accounts.token_site.TokenSite"
        if settings.SECOND_FACTOR
        else "threads.accounts.site.ArchiveSite"
    )
