"""The flow of a page: what syntax makes, and rendering and structure read.

nodes.py     the flat list of nodes, in the order in which a reader meets them
calls.py     one use of a template, and which of its arguments a reader sees
notes.py     what <ref> says: the notes of a page
anchors.py   links within a page to the places that {{anchor}} makes on it
elements.py  a stack of open elements, for reading a page and for showing an item of it
"""
