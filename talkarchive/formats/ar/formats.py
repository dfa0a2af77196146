"""Dates as the reader's pages have them: "18:01، 30 نوفمبر 2026"."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "H:i، j F Y"
