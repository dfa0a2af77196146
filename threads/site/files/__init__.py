"""The files of a copy: what is copied, and where.

scope.py      what of an archive is copied
told.py       comments of which more is told than stands on pages
plan.py       what all work on a copy has in common
names.py      names of files that every file system takes
addresses.py  which file stands for an address of the archive
links.py      links of pages, led to files
assets.py     the stylesheet and the scripts
folders.py    the folder, put in its place when it is complete
facts.py      what a copy says of itself
earlier.py    an earlier copy, of which is kept what would be made again
"""
