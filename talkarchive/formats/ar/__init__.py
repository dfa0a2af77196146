"""Arabic.

formats.py  the names are those of Django's settings
"""
