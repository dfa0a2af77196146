"""Nodes to sections, comments, parents and ids.

signatures.py   who signed, from the links before a timestamp
comments.py     where each comment begins and ends
sections.py     what a heading says, and its anchor
indentation.py  who answers whom
identity.py     ids and names, as DiscussionTools gives them
boxes.py        parts of a page that templates set apart
closures.py     which discussions are closed, by whom and in which words
finishing.py    drafts to finished items
problems.py     what an admin may want to look at
"""
