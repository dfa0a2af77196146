"""What a page, a topic, an author or a collection looks like in figures.

samples.py   the comments that figures are made from, of each kind of subject
topics.py    topics with and without a detected decision
subjects.py  what is analyzed: its comments, months and topics together
figures.py   lines of a table, counted
bars.py      the lines of a figure, drawn as bars
context.py   what the template of an analysis is given
"""
