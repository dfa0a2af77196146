"""A new wiki's settings in the records of its imports, until one has imported something.

A preview needs a row of its wiki, but must not decide how the wiki is read: each run on a wiki that
is not settled (`WikiQuerySet.settled`) has its settings with it.
"""

from typing import Any

from threads.models import ImportRun, Wiki
from threads.models.runs.imports import PREVIEW, WIKI_SETTINGS

FIELDS = [field.attname for field in Wiki._meta.concrete_fields if field.attname != "id"]


def with_settings(parameters: dict[str, Any], wiki: Wiki) -> dict[str, Any]:
    """A run's parameters, with the settings of its wiki where that is not saved yet."""
    if not wiki._state.adding:
        return parameters
    return {**parameters, WIKI_SETTINGS: {name: getattr(wiki, name) for name in FIELDS}}


def of_source(run: ImportRun) -> dict[str, Any]:
    """The parameters that make the run's source again."""
    own = (WIKI_SETTINGS, PREVIEW)
    return {name: value for name, value in run.parameters.items() if name not in own}


def of_preview(preview: ImportRun) -> dict[str, Any]:
    """The parameters of the import of what a preview has shown."""
    return {**of_source(preview), PREVIEW: preview.pk}


def wiki_of_run(run: ImportRun) -> Wiki:
    """The run's wiki: as it is kept where it is settled, else unsaved, with the run's settings."""
    told = run.parameters.get(WIKI_SETTINGS)
    if told is None or Wiki.objects.settled().filter(pk=run.wiki_id).exists():
        return run.wiki
    return Wiki(**told)


def is_read_otherwise(run: ImportRun) -> bool:
    """Whether the wiki was settled since, with another language or time zone than the run has."""
    wiki = wiki_of_run(run)
    told = Wiki(**run.parameters.get(WIKI_SETTINGS, {}), pk=wiki.pk)
    return bool(told.dbname) and (told.language, told.timezone) != (wiki.language, wiki.timezone)


def take_settings(run: ImportRun) -> None:
    """Have a run that is gone on with read its wiki as it was opened for; save that, but for a
    preview."""
    wiki = wiki_of_run(run)
    if wiki._state.adding:
        wiki.pk = run.wiki_id
        run.wiki = wiki
        if not run.dry:
            wiki.save(force_update=True)
