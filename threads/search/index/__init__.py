"""The index of either database.

entries.py   what it has of each text of a page
texts.py     the texts that a query finds
names.py     the pages, topics and people whose names have some words
engines.py   the database that is in use
sqlite.py    words on SQLite
postgres.py  words on PostgreSQL, written
lookups.py   the same, found in texts
ranks.py     … and in names
matches.py   … as PostgreSQL is asked for them
frequencies.py  … and how often it takes them to be there
keys.py      what either gives
"""
