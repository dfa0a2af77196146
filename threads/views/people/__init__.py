"""What people wrote.

authors.py     what one author wrote on a wiki
everywhere.py  what somebody wrote on all wikis
"""
