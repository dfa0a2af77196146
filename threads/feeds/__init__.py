"""Atom feeds of what readers see: comments and decided topics, the newest first.

atom.py       the format, by RFC 4287 with its extensions
entries.py    comments as entries of a feed
decisions.py  decided topics as entries of a feed
views.py      the address of each feed
"""
