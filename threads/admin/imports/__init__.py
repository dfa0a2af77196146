"""Imports in the admin: begun, watched, listed.

page.py        the import of one page: form, preview, import
forms.py       the forms of all imports of many pages
many_pages.py  such an import: form, then a dry run
run.py         an import's own page: what it tells, and its buttons
records.py     the lists of imports, and of their pages
progress.py    how far an import has come, and how long it will take
"""
