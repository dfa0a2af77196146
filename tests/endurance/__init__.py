"""What an archive bears: many readers, imports, kills, outages. `python3 -m tests.endurance`.

parts/      what is measured, one module each
trials.py   what is asked for and told; an import that is disturbed
archives.py archives that are served, on either database
loads.py    many readers at once
outages.py  what happens to a database
disks.py    disks that are full, or fail
networks.py hosts of their own on this machine
clusters.py a Dask cluster on such hosts
commands.py programs of the system's
processor.py  the processor's seconds
clocks.py   clocks that go backwards, by clock.c
"""
