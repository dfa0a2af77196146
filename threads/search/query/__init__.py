"""What somebody typed, and what it means in this archive.

fields.py     the fields of a query, and how their values are read
parsing.py    what somebody typed, read
notes.py      what is said of a query beside its box
known.py      what the archive has of the names in it
nearest.py    names that are spelled nearly alike
questions.py  what a sentence asks about
values.py     what the values of its fields ask of the index
resolving.py  what a query means in this archive
"""
