"""The admin's door where a second factor is asked for.

Loaded only where SECOND_FACTOR is on: it needs django-otp.
"""

import logging
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .second_factor import has_device, matching_device
from .site import ArchiveSite

log = logging.getLogger(__name__)


class TokenForm(AdminAuthenticationForm):
    """Name, password, and what the device shows or a recovery code.

    A right password alone is neither a log-in nor a failure of one: how often tokens may be
    tried, each device counts for itself.
    """

    token = forms.CharField(
        label=_("Token"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "dir": "ltr"}),
    )

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "no_device": _(
            "This account has no second factor yet. Ask the administrators of this archive to "
            "set one up."
        ),
        "token": _(
            "Enter the token shown on your device, or an unused recovery code. After a wrong "
            "token you have to wait; the wait gets longer each time."
        ),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        user: AbstractBaseUser | None = self.get_user()
        if user is None:
            return cleaned
        if not has_device(user):
            raise ValidationError(self.error_messages["no_device"], code="no_device")
        device = matching_device(user, cleaned.get("token", ""))
        if device is None:
            log.warning("A right password for %.150r came without a right token.", str(user))
            raise ValidationError(self.error_messages["token"], code="token")
        # What django-otp keeps in the session at the log-in.
        user.otp_device = device  # type: ignore[attr-defined]
        return cleaned


class TokenSite(ArchiveSite):
    """Lets in who showed a token when this session began."""

    login_form = TokenForm
    login_template = "admin/token_login.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and request.user.is_verified()  # type: ignore[union-attr]
