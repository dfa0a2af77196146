"""What the scripts of a copy load.

facts.py    what is known of texts, which the fields of a search ask for
texts.py    the texts that are found, and whose they are
index.py    the search index
finding.py  where comments stand, by their ids
"""
