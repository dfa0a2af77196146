"""`manage.py bench_reader`: what reading and searching cost in archives of several sizes.

Each archive is made up, in a database of its own beside the archive's, which is removed at the
end. What pages cost is told beside the smallest view that answers with the same bytes, and
beside the smallest archive: of one machine and run, such ratios hold on any.
"""

import re
from argparse import ArgumentParser
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.core.cache import cache, caches
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.bench.addresses import flat_pages, long_page, searches
from threads.bench.archives import made_up_archive
from threads.bench.dumps import MadeUp
from threads.bench.timing import Cost, cost_of, percentile_95, smallest_cost
from threads.management.archive import WordedCommand
from threads.management.numbers import whole

TURNED = 20  # pages of results
_NEXT = re.compile(r'rel="next"[^>]*?href="([^"]+)"|href="([^"]+)"[^>]*?rel="next"', re.DOTALL)


def forget() -> None:
    """Let every page be one that was never seen."""
    cache.clear()
    caches["pages"].clear()


class Command(WordedCommand):
    help = gettext_lazy("Benchmark reading and searching (uses generated, temporary archives).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, default, meaning in (
            ("--processes", 2, "that parse"),
            ("--rounds", 20, "of each request"),
        ):
            said = f"{meaning} (default: {default})"
            parser.add_argument(name, type=whole(1), default=default, metavar="N", help=said)
        parser.add_argument(
            "--comments",
            type=whole(1),
            nargs="+",
            default=[10_000, 100_000],
            metavar="N",
            help=_("numbers of comments of the archives, smallest first (default: 10000 100000)"),
        )

    def handle(self, *, comments: list[int], processes: int, rounds: int, **options: Any) -> None:
        smallest = dict[str, Cost]()
        for count in comments:
            with made_up_archive(count, processes) as seconds:
                self.stdout.write(f"\n{count:,} comments, {connection.vendor}")
                self.stdout.write(f"import: {count / seconds:,.0f} comments a second")
                self.search(count, rounds)
                self.turn_pages(rounds)
                self.flat(rounds, smallest)
                self.long(rounds)

    def search(self, count: int, rounds: int) -> None:
        """Each kind of search by itself, and all of them together."""
        costs = []
        for name, address in searches(MadeUp(count)).items():
            costs.append(cost_of(address, rounds=rounds, before=forget))
            self.tell(f"search: {name}", costs[-1])
        self.stdout.write(f"{percentile_95(costs):9.1f} ms  95 of 100 searches")

    def turn_pages(self, rounds: int) -> None:
        """The last page of results that links lead to, or the one after so many."""
        address = next(iter(searches(MadeUp(0)).values()))
        number = 1
        while number < TURNED:
            following = _NEXT.search(cost_of(address, rounds=1).body.decode())
            if not following:
                break
            address = urljoin(address, unescape(following[1] or following[2]))
            number += 1
        cost = cost_of(address, rounds=rounds, before=forget)
        self.tell(f"search: its page of results {number}", cost)

    def flat(self, rounds: int, smallest: dict[str, Cost]) -> None:
        """Pages that are to cost the same in every archive."""
        for name, address in flat_pages().items():
            cost = cost_of(address, rounds=rounds, before=forget)
            first = smallest.setdefault(name, cost)
            self.tell(name, cost, f"{cost.processor / first.processor:.2f} × the first archive's")

    def long(self, rounds: int) -> None:
        """The long page, in all states of the cache."""
        address = long_page()
        never = cost_of(address, rounds=rounds, before=forget)
        states = {
            "never seen": never,
            "seen before": cost_of(address, rounds=rounds),
            "not changed": cost_of(address, rounds=rounds, headers={"If-None-Match": never.etag}),
            "whole, never seen": cost_of(f"{address}?whole", rounds=rounds, before=forget),
            "whole, seen before": cost_of(f"{address}?whole", rounds=rounds),
        }
        for name, cost in states.items():
            body = cost.body or never.body
            ratio = cost.processor / smallest_cost(body, rounds=rounds).processor
            self.tell(f"long page: {name}", cost, f"{ratio:.1f} × the smallest view's")

    def tell(self, name: str, cost: Cost, ratio: str = "") -> None:
        self.stdout.write(
            f"{cost.least:9.1f} ms  {name}: {cost.queries} queries, {cost.processor:.1f} ms of the "
            f"processor, {len(cost.body) / 1000:,.0f} kB{'; ' if ratio else ''}{ratio}"
        )
        self.stdout.flush()
