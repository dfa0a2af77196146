"""What the search page shows, and where it leads.

pasted.py     addresses, ids and titles that are pasted into the box, read
leads.py      where in the archive they lead
controls.py   the fields of a query as controls of a form
sentences.py  what is said beside the box
offers.py     people, pages and topics that have the words as their names
results.py    what was found, made into what is shown
hits.py       comments in their conversation
facets.py     by what results can be narrowed
bounds.py     how many there are, and what is told of some only
renamed.py    searches for whose name was changed here
links.py      addresses of searches
"""
