"""A Dask cluster that parses: another one is waited for where it is lost, for a while."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from functools import partial
from importlib import import_module
from time import monotonic, sleep
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.reasons import reason
from threads.wikitext import PARSER_VERSION

from .parse_job import OtherParser, with_parser

Given = ParamSpec("Given")
Result = TypeVar("Result")

PATIENCE = 10.0  # seconds to wait for a scheduler's answer
OUTAGE = 180.0  # seconds that a scheduler, or the last worker, may be away
ROUND = 1.0  # seconds between two looks at what is waited for
CLOSED = ("closing", "closed")  # states of clients that have given their scheduler up


class Cluster(Executor):
    """What is submitted is done by a cluster's workers, which must be able to import `threads`.

    In: the address of its scheduler. Raises BadInput where it cannot be used, ImportStopped where
    it cannot any more.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._dask: Any = _dask()
        self.without_workers: float | None = None  # since when, as far as known
        self._over: ImportStopped | None = None
        try:
            self.client: Any = self._connect()
        except (OSError, ValueError) as error:
            raise BadInput("cluster", self._not_found(error)) from error

    @property
    def threads(self) -> int:
        """Of all its workers, now."""
        return sum(self.client.nthreads().values())

    def submit(
        self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        job = partial(with_parser, PARSER_VERSION, fn, *args, **kwargs)

        def begin() -> _Attempt[Result]:
            self.find_again(self.client)
            return _Attempt(self.client, self.client.submit(job, pure=False))

        return _Persistent(self, begin)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of what it was to do."""
        self.client.close()

    def find_again(self, lost: Any) -> None:
        """Have another client where this one has no connection any more."""
        if self._over:
            raise self._over
        end = monotonic() + OUTAGE
        while self.client is lost and lost.status in CLOSED:
            try:
                self.client = self._connect()
            except (OSError, ValueError) as error:
                if monotonic() > end:
                    raise self._ended(self._not_found(error)) from error
                sleep(ROUND)

    def look(self) -> None:
        """Raises ImportStopped where it has had no workers for too long."""
        try:
            workers = self.client.sync(self.client.scheduler.ncores, callback_timeout=PATIENCE)
        except (OSError, TimeoutError):  # its connection will tell
            return
        if workers:
            self.without_workers = None
        elif self.without_workers is None:
            self.without_workers = monotonic()
        elif monotonic() - self.without_workers > OUTAGE:
            said = _(
                "The Dask cluster at %(address)s has no workers. Start workers, then try again."
            )
            raise self._ended(said % {"address": self._address})

    def said_by(self, error: Exception) -> Exception:
        """What to raise for what came back instead of a result."""
        if isinstance(error, self._dask.scheduler.KilledWorker):
            return BrokenExecutor(str(error))
        if isinstance(error, OtherParser | ImportError):
            said = _(
                "The machines of the Dask cluster at %(address)s need the version of talkarchive "
                "that this one has: %(error)s."
            )
            return self._ended(said % {"address": self._address, "error": error})
        return error

    def _connect(self) -> Any:
        return self._dask.Client(self._address, timeout=PATIENCE, set_as_default=False)

    def _ended(self, said: str) -> ImportStopped:
        self._over = ImportStopped(said)
        return self._over

    def _not_found(self, error: Exception) -> str:
        said = _("No Dask scheduler found at %(address)s: %(error)s.")
        return said % {"address": self._address, "error": reason(error)}


class _Attempt(Future[Result]):
    """A task of Dask's; its result is fetched as soon as it is there."""

    def __init__(self, client: Any, task: Any) -> None:
        super().__init__()
        self.client = client
        self._task = task
        client.loop.add_callback(self._fetch)

    @property
    def is_lost(self) -> bool:
        """Whether nothing will come of it any more."""
        if self.done():
            return self.exception() is not None and self._task.status != "error"
        return self.client.status in CLOSED

    async def _fetch(self) -> None:
        try:
            self.set_result(await self._task)
        except BaseException as error:  # it is the future's, as with any executor
            self.set_exception(error)


class _Persistent(Future[Result]):
    """What is submitted again where the cluster has lost it."""

    def __init__(self, cluster: Cluster, begin: Callable[[], _Attempt[Result]]) -> None:
        super().__init__()
        self._cluster = cluster
        self._begin = begin
        self._attempt = begin()

    def result(self, timeout: float | None = None) -> Result:
        """Waits for it as long as it may come. Raises what it raised, and ImportStopped."""
        while not wait([self._attempt], ROUND).done or self._attempt.is_lost:
            if self._attempt.is_lost:
                self._cluster.find_again(self._attempt.client)
                self._attempt = self._begin()
            else:
                self._cluster.look()
        self._cluster.without_workers = None
        try:
            return self._attempt.result()
        except Exception as error:
            raise self._cluster.said_by(error) from error


def _dask() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise BadInput(
            "cluster",
            _(
                "Dask is not installed. Run “%(command)s” in talkarchive's "
                "environment, here and on the cluster's machines."
            )
            % {"command": settings.EXTRAS["cluster"]},
        ) from error
