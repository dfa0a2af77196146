"""What a discussion came to: the positions that people took, and decisions.

hints.py      whether an item's wikitext may hold either
passages.py   what an item says, with its emphasis, in lines
marked.py     which emphasised words and templates are a position
positions.py  the position that a comment takes
standing.py   which positions stand beside the others of a topic
counting.py   one position of a person in a topic
closings.py   whether a comment closes its topic
decisions.py  which topics were decided
"""
