"""What becomes a migration: a change of the tables, and not one of the words of models."""

from django.apps import apps
from django.db.migrations.state import ProjectState

from threads.management.tables import TableAutodetector


def changes(*, field: str, **made: object) -> dict[str, object]:
    """The migrations of threads that a talk page with a field made otherwise would need."""
    before, after = ProjectState.from_apps(apps), ProjectState.from_apps(apps)
    page = after.models["threads", "talkpage"]
    for name, value in made.items():
        setattr(page.fields[field], name, value)
    detector = TableAutodetector(before, after)
    found: dict[str, object] = detector._detect_changes()  # type: ignore[attr-defined]
    return found


def test_other_words_are_no_change_of_the_tables() -> None:
    assert changes(field="title", help_text="Another text", _verbose_name="other") == {}


def test_a_longer_column_is_one() -> None:
    assert list(changes(field="title", max_length=600)) == ["threads"]
