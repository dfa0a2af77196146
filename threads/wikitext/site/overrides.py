"""What an admin may say of a wiki, beside what its language and its name tell."""

from collections.abc import Mapping, Sequence
from typing import Any

from . import date_formats, template_facts

NAMES = ("user", "user_talk", "special", "contributions", "file", "category")
DATE_FIELDS = (
    "formats",
    "months",
    "months_genitive",
    "months_short",
    "weekdays",
    "weekdays_short",
)


class BadProfile(ValueError):
    """A wiki's own profile names a field that there is not, or gives it a wrong value."""


def check(overrides: Mapping[str, Any]) -> None:
    """Whether it can be used. Raises BadProfile, with a sentence that tells what to mend."""
    if not isinstance(overrides, Mapping):
        raise BadProfile("A profile must be a JSON object that maps its fields to their values.")
    known = {*DATE_FIELDS, *NAMES, "digits", "zones", "templates"}
    for field, value in overrides.items():
        if field not in known:
            raise BadProfile(
                f"A profile has no field “{field}”; it has {', '.join(sorted(known))}."
            )
        if field == "templates":
            _check_templates(value)
            continue
        if field == "zones" and not isinstance(value, Mapping):
            raise BadProfile("The profile's “zones” must map abbreviations to lists of texts.")
        lists = value.values() if field == "zones" and isinstance(value, Mapping) else [value]
        for entry in lists:
            good = isinstance(entry, list | tuple) and all(isinstance(x, str) for x in entry)
            if not good and not (field == "digits" and isinstance(entry, str)):
                raise BadProfile(f"The profile's “{field}” must be a list of texts.")
        if field == "formats":
            _check_formats(value)
        if field.startswith("months") and len(value) != 12:
            raise BadProfile(f"The profile's “{field}” must name twelve months.")
        if field.startswith("weekdays") and len(value) != 7:
            raise BadProfile(f"The profile's “{field}” must name seven days, Sunday first.")
        if field == "digits" and len(value) not in (0, 10):
            raise BadProfile("The profile's “digits” must be ten characters, or none for 0 to 9.")


def _check_formats(formats: Sequence[str]) -> None:
    if not formats:
        raise BadProfile("The profile's “formats” must name at least one date format.")
    for form in formats:
        if fault := date_formats.fault_of(form):
            raise BadProfile(f"The profile's date format “{form}” {fault}.")


def _check_templates(templates: object) -> None:
    if not isinstance(templates, Mapping):
        raise BadProfile("The profile's “templates” must map names to facts about them.")
    for name, facts in templates.items():
        if fault := template_facts.fault_of(facts):
            raise BadProfile(f"The profile's template “{name}” {fault}.")
