"""What follows from discussions, so that reading counts nothing.

totals.py     sums over comments and pages
decisions.py  topics that were decided
search.py     what search knows of each text
"""
