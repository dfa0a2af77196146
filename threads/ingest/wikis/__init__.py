"""Which wiki an import is for.

target.py     the archive's wiki by its name, or a new one
unsettled.py  a new wiki's settings, kept with its imports until something is imported
places.py     where a wiki is, as far as what it says of that can be used in links
siteinfo.py   what a wiki says of itself, and the archive's wiki filled from it
discovery.py  a live wiki by its address
"""
