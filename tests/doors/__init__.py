"""The rooms of the house, and the doors between them.

kept.py   of what reads, keeps and takes in pages
shown.py  of what shows them
run.py    of what runs the archive, saves it and writes it to files
"""

from . import kept, run, shown

# Room: which rooms and modules it may import besides its own modules. A module belongs to the room
# with the longest name that its own begins with; what stands inside a room in a room of its own is
# behind a door of its own too.
DOORS = {**kept.DOORS, **shown.DOORS, **run.DOORS}
# Rooms whose modules stand side by side: each is one address, or some of one subject.
APART = (
    "threads.views.talk",
    "threads.views.people",
    "threads.views.archive",
    "threads.views.programs",
)
