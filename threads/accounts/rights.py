"""What whoever sends a request may do beyond reading."""

from typing import cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest


def may_correct(request: HttpRequest) -> bool:
    """Whether this user corrects what was read, here and now: with a second factor, where the
    settings ask for one. No query for readers without a session."""
    return may(request, "threads.add_repair")


def may_import(request: HttpRequest) -> bool:
    """The same for imports."""
    return may(request, "threads.add_talkpage")


def may_export(request: HttpRequest) -> bool:
    """The same for exports, which hold what readers no longer see."""
    return may(request, "threads.add_exportrun")


def may_take_down(request: HttpRequest) -> bool:
    """The same for privacy rules."""
    return may(request, "threads.add_privacyrule")


def is_logged_in(request: HttpRequest) -> bool:
    """Whether pages may be other ones for this user. No query for readers without a session."""
    return not settings.READ_ONLY and request.user.is_authenticated


def may_log_in(request: HttpRequest) -> bool:
    """Whether there is a log-in, and this reader has not used it."""
    return not settings.READ_ONLY and not is_logged_in(request)


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the admin's door is open to this user, and they have a permission."""
    if settings.READ_ONLY or not admin.site.has_permission(request):
        return False
    return cast(User, request.user).has_perm(permission)
