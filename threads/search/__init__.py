"""Finding words in what people wrote, the same on either database.

fields.py      the fields of a query, and how their values are read
query.py       what somebody typed, read
notes.py       what is said of a query beside its box
resolving.py   what a query means in this archive
finding.py     what the archive has on it
matching.py    whether the words of a query are in a text at hand
ranking.py     which results are the best
nearest.py     names that are spelled nearly alike
terms.py       what can be asked of the index
characters.py  what characters are to the index
folding.py     texts cut into its tokens
markers.py     tokens that are no words: filters
marking.py     where words stand in a text
sqlite.py      the index on SQLite
postgres.py    the index on PostgreSQL
"""
