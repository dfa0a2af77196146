"""The disk is full, or takes no writes any more."""

from collections.abc import Callable

from tests.endurance.archives import archive, start_database, stop_database
from tests.endurance.disks import Disk, disk
from tests.endurance.trials import EXPECTED, Options, Told, Trial, answers, trial, until_it_runs
from tests.ingest.archives import Archive
from tests.servers import Server, server

Broken = Callable[[Archive, Disk, Trial, Options, Told], None]


def disks(options: Options) -> Told:
    """Nothing is lost, and the import goes on when the disk can be written again."""
    told = Told.table("disk", "answers meanwhile", "/healthz meanwhile", "answers afterwards")
    with trial(options) as disturbed:
        for broken in (_full, _failing):
            with disk(options.disk) as drive, archive(options.database, inside=drive.folder) as one:
                broken(one, drive, disturbed, options, told)
    return told


def _full(one: Archive, drive: Disk, disturbed: Trial, options: Options, told: Told) -> None:
    """Until somebody makes room; the server runs on."""
    with server(one, processes=1) as served:
        disturbed.begin(one)
        until_it_runs(one)
        drive.fill()
        meanwhile = _meanwhile(served, options)
        drive.empty()
        start_database(one)
        _tell("full", meanwhile, served, told)
        disturbed.check_end(one, told)


def _failing(one: Archive, drive: Disk, disturbed: Trial, options: Options, told: Told) -> None:
    """It can be read only, until it is repaired, for which all that uses it has to be stopped."""
    with server(one, processes=1) as served:
        disturbed.begin(one)
        until_it_runs(one)
        drive.fail()
        meanwhile = _meanwhile(served, options)
    stop_database(one)
    drive.repair()
    start_database(one)
    with server(one, processes=1) as served:
        _tell("read-only", meanwhile, served, told)
        disturbed.check_end(one, told)


def _meanwhile(served: Server, options: Options) -> tuple[dict[str, int], dict[str, int]]:
    half = options.outage / 2
    return answers(served, "/", half), answers(served, "/healthz", half)


def _tell(
    name: str, meanwhile: tuple[dict[str, int], dict[str, int]], served: Server, told: Told
) -> None:
    afterwards = answers(served, "/", 5)
    told.row(name, *meanwhile, afterwards)
    told.check(set(afterwards) == {"200"}, f"{name}: {afterwards} afterwards")
    told.check(set().union(*meanwhile) <= EXPECTED, f"{name}: {meanwhile} meanwhile")
