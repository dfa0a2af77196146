"""`manage.py makemigrations`, for which words of models are no change."""

from django.core.management.commands import makemigrations

from threads.management.tables import TableAutodetector


class Command(makemigrations.Command):
    autodetector = TableAutodetector
