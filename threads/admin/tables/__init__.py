"""What the tables of the admin, and pages of its own, have in common.

readonly.py  tables that an admin may look at and not touch, and the frame of pages
asking.py    what actions ask before they change what others see
runs.py      the lists and the pages of imports and exports
problems.py  what the parser noticed on a page, as HTML
words.py     columns in words
wikis.py     wikis, where one is chosen
"""
