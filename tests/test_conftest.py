"""The guards that every other test relies on."""

import socket
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from tests.conftest import NetworkRefused, is_local, refuse_chance


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


def test_what_is_made_once_for_a_module_is_asked_for_by_all_its_tests() -> None:
    module = ModuleType("test_lamps")

    def item(*fixtures: str) -> Any:
        found: dict[str, Any] = {"nodeid": "x", "module": module, "fixturenames": fixtures}
        return SimpleNamespace(**found, get_closest_marker=lambda _name: None)

    asks, without_rows = item("db", "lamps_once"), item("tmp_path")
    refuse_chance([asks, without_rows])
    with pytest.raises(pytest.UsageError, match="lamps_once"):
        refuse_chance([asks, without_rows, item("db")])
