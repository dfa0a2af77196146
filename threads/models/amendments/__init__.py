"""What editors and admins change afterwards.

amendment.py  what both have in common: who made and undid it
repairs.py    what editors set right in how a page was read
failures.py   which of that is not in effect any more, and why
privacy.py    what is not to be shown, and what was before
"""
