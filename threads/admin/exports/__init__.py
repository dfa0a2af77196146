"""Exports in the admin: begun, watched, listed.

records.py  the list of exports, the form that begins one, and what deletes them
forms.py    what an export is given
run.py      an export's own page: what it tells, and its file
"""
