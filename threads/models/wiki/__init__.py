"""Wikis, their talk pages, and the revisions that are kept.

wikis.py    wikis: where they are, and how their pages are to be read
pages.py    talk pages, their earlier titles, and the revisions that are kept
edits.py    who saved a revision, and how
names.py    what users' names tell of them
packing.py  how kept wikitext is packed
"""
