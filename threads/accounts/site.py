"""The admin's door, and what of one's own account is noted."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase

from .record import Deed, note


class ArchiveSite(AdminSite):
    """Django's own, which notes what is done to other accounts, but not to one's own."""

    # A list of all tables beside each would leave their text a third of a window of 1280 pixels.
    enable_nav_sidebar = False

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        response: HttpResponse = super().password_change(request, extra_context)
        if request.method == "POST" and isinstance(response, HttpResponseRedirectBase):
            assert isinstance(request.user, User)
            note(request, Deed.PASSWORD, request.user)
        return response
