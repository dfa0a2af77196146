"""What stands on talk pages; only threads/store/ writes its rows.

items.py        what sections, comments and unsigned text have in common
authors.py      who wrote something, on one wiki
sections.py     sections and unsigned text
comment_ids.py  the times in the IDs of comments
dating.py       which dates lie in the future, and how dates are written
arrivals.py     in which order comments come in
comments.py     what somebody signed
former_ids.py   ids that comments had
changes.py      how comments changed on their pages
"""
