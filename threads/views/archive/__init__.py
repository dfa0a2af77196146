"""What is in the archive, found and listed over its pages.

home.py         what is in the archive
wikis.py        one wiki's pages
collections.py  pages of several wikis under one title
search.py       what was found, and where pasted things lead
suggestions.py  names while they are typed
watch.py        what a reader watches, by the list in the address
since.py        what is new in the archive, a collection, a wiki or a page
decisions.py    registers of decided topics
analysis.py     a page, a topic, an author or a collection in figures
"""
