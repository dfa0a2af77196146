"""Who speaks, and what they wrote.

speakers.py       who speaks, with the color of their name
authors.py        authors of all wikis by name
contributions.py  what one author wrote, where, and with whom they talked
everywhere.py     what somebody wrote on all wikis
"""
