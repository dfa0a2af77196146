"""The guards that every other test relies on."""

import socket

import pytest
from django.db import connection

from tests.conftest import NetworkRefused, is_local


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "2001:db8::1", b"example.org"])
def test_no_other_machine_is_local(host: object) -> None:
    assert not is_local(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "/run/postgresql", "", None])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


def test_a_connection_to_another_machine_is_refused() -> None:
    with pytest.raises(NetworkRefused, match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_another_machines_name_is_not_even_looked_up() -> None:
    with pytest.raises(NetworkRefused, match=r"example\.org"):
        socket.create_connection(("example.org", 80))


@pytest.mark.django_db
def test_the_test_database_is_not_the_archive() -> None:
    assert "test" in str(connection.settings_dict["NAME"])
