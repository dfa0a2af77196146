"""The database is away for a while, or another program holds it."""

from tests.endurance.archives import archive
from tests.endurance.outages import of_database
from tests.endurance.trials import EXPECTED, Options, Told, answers, trial, until_it_runs
from tests.servers import server


def outages(options: Options) -> Told:
    """Readers are told, and the import goes on by itself."""
    told = Told.table("outage", "answers meanwhile", "/healthz meanwhile", "answers afterwards")
    with trial(options) as disturbed:
        for name, outage in of_database(options.database).items():
            with archive(options.database) as one, server(one, processes=1) as served:
                disturbed.begin(one)
                until_it_runs(one)
                with outage(one):
                    meanwhile = answers(served, "/", options.outage / 2)
                    health = answers(served, "/healthz", options.outage / 2)
                afterwards = answers(served, "/", 5)
                told.row(f"{name} for {options.outage} s", meanwhile, health, afterwards)
                told.check(set(afterwards) == {"200"}, f"{name}: {afterwards} afterwards")
                told.check(set(meanwhile) | set(health) <= EXPECTED, f"{name}: {meanwhile}")
                disturbed.check_end(one, told)
    return told
