"""`manage.py db_worker`: the name that django-tasks-db has for `worker`."""

from .worker import Command

__all__ = ["Command"]
