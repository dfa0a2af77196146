"""A copy of an archive that needs no server: static pages, in files.

files/        what of an archive is copied, into which files, and where links lead
pages/        pages, made once for all languages
search/       what scripts search, and where they find comments
jobs.py       the work, in portions that any process can do
making.py     a whole copy
beginning.py  what its processes are forked from
zim.py        a copy as one ZIM file
"""
