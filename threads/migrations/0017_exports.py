"""Exports that are written in the background."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("threads", "0016_noindex"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("format", models.CharField(max_length=20, verbose_name="format")),
                (
                    "selection",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="What is exported, by option; empty for everything.",
                        verbose_name="selection",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Completed"),
                            ("skipped", "Skipped"),
                            ("failed", "Failed"),
                            ("cancelled", "Canceled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "cancel_asked",
                    models.BooleanField(default=False, verbose_name="cancel requested"),
                ),
                (
                    "progress",
                    models.PositiveBigIntegerField(
                        default=0, help_text="Number of bytes written.", verbose_name="size"
                    ),
                ),
                (
                    "file",
                    models.CharField(
                        blank=True,
                        help_text="Name in the data folder; empty until the export is complete.",
                        max_length=64,
                        verbose_name="file",
                    ),
                ),
                ("log", models.TextField(blank=True, verbose_name="log")),
                (
                    "holder",
                    models.CharField(
                        blank=True,
                        help_text="Machine, process and key of the worker.",
                        max_length=255,
                        verbose_name="worker",
                    ),
                ),
                (
                    "heartbeat",
                    models.DateTimeField(blank=True, null=True, verbose_name="last heartbeat"),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["queued", "running", "done", "skipped", "failed", "cancelled"],
                            )
                        ),
                        name="exportrun_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("state", "done"), _connector="OR"),
                        name="exportrun_file_when_completed",
                    ),
                ],
            },
        ),
    ]
