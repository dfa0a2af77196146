"""What an archive bears: many readers, imports, kills, outages. `python3 -m tests.endurance`.

options.py  what is asked for, and what is told
parts.py    what is measured, one function each
trips.py    an archive that goes from one database to the next
loads.py    many readers at once
archives.py archives that are served, on either database
outages.py  what goes wrong with a machine
"""
