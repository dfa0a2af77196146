"""What the scripts of a copy load.

index.py    the search index
finding.py  where comments stand, by their ids
"""
