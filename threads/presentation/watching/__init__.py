"""Watchlists that are kept by readers: an address holds the list, and the server nothing of it.

entries.py   a list as an address has it, and within which bounds
adding.py    the entry that something in the archive, or what somebody calls it, stands for
finding.py   what the entries are in the archive
comments.py  what was said in what they are, the newest or what came last first
"""
