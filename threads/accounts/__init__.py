"""Who runs the archive: what they may do, how they come in, and what they did.

config.py         which admin site there is
site.py           the admin's door, and what of one's own account is noted
token_site.py     the door where a second factor is asked for
second_factor.py  devices that make tokens, and codes for when one is lost
roles.py          the groups that a new archive has
rights.py         what whoever sends a request may do beyond reading
record.py         entries of the log of what staff did
"""
