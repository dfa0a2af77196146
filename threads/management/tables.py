"""What changed in the tables since the last migration, whatever became of the words of models.

Labels, help texts and names of choices are translated and reworded, and no table has them: a
migration for each such change would change nothing.
"""

from typing import Any

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState
from django.db.models import Field

WORDS_OF_FIELDS = ("verbose_name", "help_text")
WORDS_OF_MODELS = ("verbose_name", "verbose_name_plural")


class TableAutodetector(MigrationAutodetector):
    """Django's, which compares fields and options of models without their words."""

    def __init__(self, from_state: ProjectState, to_state: ProjectState, *args: Any) -> None:
        super().__init__(_without_words(from_state), _without_words(to_state), *args)

    def deep_deconstruct(self, obj: Any) -> Any:
        """A field as what it is made from; see Django's. Of choices, the values alone."""
        made = super().deep_deconstruct(obj)
        if not isinstance(obj, Field):
            return made
        path, args, options = made
        kept = {name: option for name, option in options.items() if name not in WORDS_OF_FIELDS}
        if "choices" in kept:
            kept["choices"] = [value for value, _label in kept["choices"]]
        return path, args, kept


def _without_words(state: ProjectState) -> ProjectState:
    """The same with models that have no names for people."""
    bare = state.clone()
    for model in bare.models.values():
        for name in WORDS_OF_MODELS:
            model.options.pop(name, None)
    return bare
