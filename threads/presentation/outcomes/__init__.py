"""What discussions came to, as detected: positions that people took, and decisions.

shown.py      whether a wiki's readers see them
positions.py  the positions of a topic, counted by what people want
decisions.py  how a topic was decided
topics.py     what the topics of a page came to
register.py   the decided topics of a page, a wiki or a collection
"""
