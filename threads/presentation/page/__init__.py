"""What a talk page is laid out from, from the reader's query to the context of its template.

query.py       what a reader asks a page to show
fields.py      fields of a query among the words that it asks for
items.py       the page's items, as they stand now or stood once
stretch.py     some of them, of whatever kind, from a place on
order.py       the order in which they are shown
parts.py       which part of a long page is shown at once
boxes.py       what a wiki's templates closed or folded away
statistics.py  what comments have in common: how many, who, when
rows.py        the kinds of rows that a page is made of
unsigned.py    text that nobody signed as such a row
layout.py      all of that as one flat list of rows
contents.py    the headings as a nested list
headings.py    topics that are told apart in a list
following.py   the person whose comments are marked
arrivals.py    in which order the comments came, in few letters
context.py     what the templates are given
history.py     what each revision brought
panes.py       several topics beside each other
branch.py      the same for one branch that is fetched by itself
"""
