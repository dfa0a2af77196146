"""The sums that pages of the archive show.

shares.py      what each page adds to the sums over pages
totals.py      these sums, changed with the pages
title_tree.py  those of a wiki's titles, as a tree
collecting.py  those of collections
decided.py     the register of decided topics
recounting.py  the same sums counted anew
"""
