"""Imports in the background: they wait in the database until a worker takes them."""

from time import sleep

from django.conf import settings
from django.db import transaction
from django_tasks import task

from threads.models import ImportRun
from threads.models.runs.run import State
from threads.processes.handing_over import is_handing_over

from .files.uploads import drop_uploads
from .runs.heartbeat import heartbeat
from .runs.parser_pool import ParserPool
from .runs.runner import carry_on

PAUSE = 10.0  # seconds before an import that waits for the database tries again


def work_later(run: ImportRun) -> None:
    """Have a worker do what is left of a run."""
    with transaction.atomic():
        run.state = State.QUEUED
        run.finished_at = None
        run.log = ""
        run.save(update_fields=["state", "finished_at", "log"])
        work_on.enqueue(run.pk)


@task()
def work_on(number: int) -> None:
    """Do what is left of a run, unless it was cancelled before its turn came."""
    run = ImportRun.objects.select_related("wiki").filter(pk=number).first()
    if run is None or run.state != State.QUEUED:
        return
    with ParserPool(settings.IMPORT_PROCESSES) as pool, heartbeat(run):
        carry_on(run, pool=pool, patient=True)
    if run.state == State.QUEUED:
        if not is_handing_over():  # the database was away
            sleep(PAUSE)
        work_on.enqueue(run.pk)
    if run.state == State.DONE and not run.dry:
        drop_uploads(run)
