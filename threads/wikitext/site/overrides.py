"""What an admin may say of a wiki, beside what its language and its name tell."""

from collections.abc import Mapping, Sequence
from typing import Any

from . import date_formats, template_facts
from .faults import BadProfile, gettext_noop

NAMES = ("user", "user_talk", "special", "contributions", "file", "category")
DATE_FIELDS = (
    "formats",
    "months",
    "months_genitive",
    "months_short",
    "weekdays",
    "weekdays_short",
)


def check(overrides: Mapping[str, Any]) -> None:
    """Whether it can be used. Raises BadProfile."""
    if not isinstance(overrides, Mapping):
        raise BadProfile(
            gettext_noop("A profile must be a JSON object that maps its fields to their values.")
        )
    known = {*DATE_FIELDS, *NAMES, "digits", "zones", "templates"}
    for field, value in overrides.items():
        if field not in known:
            raise BadProfile(
                gettext_noop("A profile has no field “{field}”. Its fields are: {fields}."),
                field=str(field),
                fields=", ".join(sorted(known)),
            )
        if field == "templates":
            _check_templates(value)
        else:
            _check_texts(field, value)
            _check_length(field, value)
        if field == "formats":
            for form in value:
                date_formats.check(form)


def _check_texts(field: str, value: Any) -> None:
    if field == "zones" and not isinstance(value, Mapping):
        raise BadProfile(
            gettext_noop("The profile's “zones” must map abbreviations to lists of texts.")
        )
    for entry in value.values() if field == "zones" else [value]:
        good = isinstance(entry, list | tuple) and all(isinstance(x, str) for x in entry)
        if not good and not (field == "digits" and isinstance(entry, str)):
            said = gettext_noop("The profile's “{field}” must be a list of texts.")
            raise BadProfile(said, field=field)


def _check_length(field: str, value: Sequence[str]) -> None:
    said = ""
    if field.startswith("months") and len(value) != 12:
        said = gettext_noop("The profile's “{field}” must name twelve months.")
    elif field.startswith("weekdays") and len(value) != 7:
        said = gettext_noop("The profile's “{field}” must name seven days, Sunday first.")
    elif field == "digits" and len(value) not in (0, 10):
        said = gettext_noop("The profile's “{field}” must be ten characters, or none for 0 to 9.")
    elif field == "formats" and not value:
        said = gettext_noop("The profile's “{field}” must name at least one date format.")
    if said:
        raise BadProfile(said, field=field)


def _check_templates(templates: object) -> None:
    if not isinstance(templates, Mapping):
        raise BadProfile(
            gettext_noop("The profile's “templates” must map names to facts about them.")
        )
    for name, facts in templates.items():
        template_facts.check(str(name), facts)
