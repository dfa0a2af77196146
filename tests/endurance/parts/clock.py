"""The clock goes backwards."""

from time import monotonic

from tests.endurance.archives import archive
from tests.endurance.clocks import clock, worker_elsewhere
from tests.endurance.trials import (
    Options,
    Told,
    answers,
    is_over,
    items,
    trial,
    until_it_runs,
    wait_until,
)
from tests.servers import server
from threads.management.worker import ROUND
from threads.processes.names import SILENCE

BACK = 2 * 60 * 60  # seconds
LONGEST = SILENCE.total_seconds() + 3 * ROUND  # until somebody's work is taken up


def clock_back(options: Options) -> Told:
    """An import is taken up from a machine that was ahead, and goes on when this one's clock is
    set back under it; readers notice nothing."""
    told = Told.table("clock", "what came of it", "answers")
    with trial(options) as disturbed, clock() as time, archive(options.database) as one:
        disturbed.begin(one)
        with worker_elsewhere(one):
            until_it_runs(one)
        told.check(not is_over(one), "the import was over before its worker died")
        time.set(-BACK)
        with server(one, processes=1, **time.environment) as served:
            begin, before = monotonic(), items(one)
            found = answers(served, "/", options.outage)
            wait_until(lambda: items(one) > before or monotonic() - begin > LONGEST)
            waited = monotonic() - begin
            told.check(waited < LONGEST, f"not taken up for {waited:.0f} s")
            outcome = f"its import is taken up after {waited:.0f} s"
            told.row("two hours behind that of a worker elsewhere that died", outcome, found)
            time.set(-2 * BACK)
            told.check(not is_over(one), "the import was over before the clock was set back again")
            found = answers(served, "/", options.outage)
            told.row("set back by two hours", "the import goes on", found)
            disturbed.check_end(one, told)
    return told
