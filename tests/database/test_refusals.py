"""What PostgreSQL says before there is a connection, which has no code."""

import pytest
from django.db import OperationalError

from threads.database import Fault
from threads.database.faults import fault_of

BEGINS = 'connection to server at "127.0.0.1", port 5432 failed: FATAL:  '


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ('database "nosuch" does not exist', Fault.ABSENT),
        ('role "nobody" does not exist', Fault.REFUSED),
        ('password authentication failed for user "ada"', Fault.REFUSED),
        ('no pg_hba.conf entry for host "10.0.0.1", user "ada"', Fault.REFUSED),
        ("the database system is starting up", Fault.UNREACHABLE),
    ],
)
def test_what_a_server_says_to_a_connection_tells_what_is_wrong(said: str, fault: Fault) -> None:
    assert fault_of(OperationalError(f"{BEGINS}{said}\n")) is fault
