"""What is shown of one comment.

permalinks.py   where it is read: every place that has, or had, an id or name
citations.py    how it is cited, linked to, and quoted on a wiki
corrections.py  what editors corrected in how it was read
history.py      what happened to it on each of its pages
differences.py  what is different between two versions of its text
"""
