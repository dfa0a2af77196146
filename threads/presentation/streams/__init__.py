"""Comments in the order of time, the newest first, some at once: what feeds and programs follow.

parts.py   some of them, from a key on, and the key of those that follow
places.py  of what they are: the archive, a wiki, a page, a topic, an author, a collection, a search
"""
