"""A page's wikitext as rows.

reading.py    wikitext read as its wiki has it
editable.py   a page whose items are being set right
repairs.py    what editors set right in what was read
failures.py   which of that could not be applied to a page
order.py      in which order it is read then
fresh.py      what was read from a page as fresh, unsaved rows
placement.py  each item's place in reading order and its depth
matching.py   which kept row a fresh one continues
kept.py       the rows that a page has or had
names.py      whose names stand on a page
keys.py       primary keys for rows that are not written yet
inserting.py  many new rows into a table
per_query.py  keys and names in lists that one query takes
"""
