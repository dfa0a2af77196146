"""The app's configuration."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from .checks import check_files, check_index, check_key, check_page_cache


class ThreadsConfig(AppConfig):
    name = "threads"
    verbose_name = _("Talk archive")

    def ready(self) -> None:
        checks.register(check_files)
        checks.register(check_key)
        checks.register(check_page_cache)
        checks.register(check_index, checks.Tags.database)
