"""Correcting how a comment was read, where readers meet it; for editors of the archive.

correcting.py  the page of one comment or unsigned text: forms, preview, and what was corrected
forms.py       what an editor fills in: a form for each kind of correction
preview.py     the threads that a correction changes, before and after
"""
