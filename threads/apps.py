"""The app's configuration."""

from django.apps import AppConfig
from django.core import checks

from .checks import check_files


class ThreadsConfig(AppConfig):
    name = "threads"
    verbose_name = "Talk archive"

    def ready(self) -> None:
        checks.register(check_files)
