"""What is not shown any more, kept aside: nothing but undoing a rule reads it.

originals.py  what columns held before
keeping.py    all rows of a page in one piece
"""
