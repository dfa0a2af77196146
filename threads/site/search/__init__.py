"""What the scripts of a copy load.

texts.py    the texts that are found, and what is known of each
index.py    the search index
finding.py  where comments stand, by their ids
"""
