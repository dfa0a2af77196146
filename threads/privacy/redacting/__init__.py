"""A page redacted: its kept wikitext first, then all that is told from that.

pages.py      a page, in the order of what follows from what
revisions.py  its kept revisions
readings.py   how its wikitext is read, by which corrections
prepared.py   what is found out of a page before its transaction
repairs.py    what editors corrected on it
items.py      the rows that are read from its wikitext
columns.py    columns that are not
comments.py   what a comment is recognized by
"""
