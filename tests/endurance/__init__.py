"""What an archive bears: many readers, imports, kills, outages. `python3 -m tests.endurance`.

parts.py    what is measured, one function each
loads.py    many readers at once
archives.py archives that are served, on either database
outages.py  what goes wrong with a machine
"""
