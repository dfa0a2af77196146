"""A copy of an archive that needs no server: static pages, in files.

names.py      names of files that every file system takes
addresses.py  which file stands for an address of the archive
links.py      links of pages, led to files
scope.py      what of an archive is copied
drafts.py     pages on their way from what they show to HTML
talk.py       whole talk pages
people.py     what everybody wrote
lists.py      pages that list
kinds.py      the kinds of pages: what there is of each, and how it is made
index.py      the search index, in files that scripts load
finding.py    where comments stand, by their ids
plan.py       what all work on a copy has in common
slots.py      pages that are made once, with slots for the words of each language
jobs.py       the work, in portions that any process can do
files.py      the stylesheet and the scripts
folders.py    the folder, put in its place when it is complete
making.py     a whole copy
zim.py        a copy as one ZIM file
"""
