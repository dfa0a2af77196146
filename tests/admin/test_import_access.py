"""Who may import in the admin."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from .test_import import ADDRESS

pytestmark = pytest.mark.django_db


def test_importing_needs_the_permission(client: Client) -> None:
    user = User.objects.create_user("visitor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_talkpage"))
    client.force_login(user)

    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"step": "save"}).status_code == 403
    assert "Import talk pages" not in client.get("/admin/threads/talkpage/").content.decode()

    user.user_permissions.add(Permission.objects.get(codename="add_talkpage"))
    assert client.get(ADDRESS).status_code == 200


def test_a_form_from_elsewhere_is_refused(admin_user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)

    assert client.post(ADDRESS, {"step": "save"}).status_code == 403
