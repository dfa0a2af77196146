"""Finding words in comments, headings and titles: the same on either database.

fields.py      the fields of a query, and how their values are read
query.py       what somebody typed, read
notes.py       what is said of a query beside its box
resolving.py   what a query means in this archive
finding.py     what the archive has on it
matching.py    whether the words of a query are in a text at hand
ranking.py     which results are the best
nearest.py     names that are spelled nearly alike
terms.py       what can be asked of the index
characters.py  what characters are to it
folding.py     texts, cut into its tokens
markers.py     tokens that are no words: who, where, when
entries.py     what it has of each text of a page
index.py       the texts that a query finds
names.py       the pages, topics and people whose names have some words
engines.py     the database that is in use
sqlite.py      words on SQLite
postgres.py    words on PostgreSQL
marking.py     where the words stand in a text
"""
