"""Exports that wait in the database until a worker takes them."""

from django.db import transaction
from django_tasks import task

from threads.models import ExportRun
from threads.models.runs.run import State

from .runs import carry_out


def export_later(run: ExportRun) -> None:
    """Have a worker write an export."""
    with transaction.atomic():
        run.state = State.QUEUED
        run.save(update_fields=["state"])
        write_export.enqueue(run.pk)


@task()
def write_export(number: int) -> None:
    """Write an export, unless it was cancelled or deleted before its turn came."""
    run = ExportRun.objects.filter(pk=number).first()
    if run is None:
        return
    carry_out(run)
    if run.state == State.QUEUED:  # handed over, or the database was away
        write_export.enqueue(run.pk)
