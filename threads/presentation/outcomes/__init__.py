"""What discussions came to, as detected: positions that people took, and decisions.

shown.py      whether a wiki's readers see them
positions.py  the positions of a topic, counted by what people want
decisions.py  how a topic was decided
topics.py     what the topics of a page came to
places.py     where decided topics are: in a wiki, on a page, in a collection
register.py   the decided topics of such a place
"""
