"""What editors and admins change afterwards.

repairs.py  what editors set right in how a page was read
privacy.py  what is not to be shown, and what was before
"""
