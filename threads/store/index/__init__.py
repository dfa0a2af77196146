"""The index of words, written as the rows are.

indexing.py    what the rows of a page have in it
rebuilding.py  the same made anew
"""
