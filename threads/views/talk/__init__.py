"""One talk page, and what can be done with its comments.

page.py       a talk page with its threads, or one branch of it
compare.py    two topics side by side
comments.py   permanent links, and comments that left their page
history.py    what happened to a comment
revisions.py  what happened to a page
composer.py   a reply in the making
citations.py  a comment to pass on
previews.py   the beginning of a comment
downloads.py  a page or a topic as a file
"""
