"""The app's configuration."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from .checks import TAG, check_files, check_index, check_key, check_page_cache


class ThreadsConfig(AppConfig):
    name = "threads"
    verbose_name = _("Talk archive")

    def ready(self) -> None:
        for check in (check_files, check_key, check_page_cache):
            checks.register(check, TAG)
        checks.register(check_index, checks.Tags.database)
