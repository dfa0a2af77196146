"""Nodes to sections, comments, parents and ids.

places.py       places in a flow that the stages look for
signatures.py   who signed, from the links before a timestamp
comments.py     where each comment begins and ends
sections.py     what a heading says, and its anchor
indentation.py  who answers whom
identity.py     ids and names, as DiscussionTools gives them
marks.py        where words end that are signed in another way
undated.py      whom the links name that end a line without a date
plain_names.py  whom a text names as its author without a link
parting.py      what DiscussionTools gives to one signer and belongs to several
text_lines.py   lines of a flow, and what a reader sees of them
dress.py        what stands beside a signature and belongs to no sentence
box_lines.py    lines of a box that are no words of who signs below it
boxes.py        parts of a page that templates set apart
closures.py     which discussions are closed, by whom and in which words
outcomes/       what a discussion came to: positions and decisions
finishing.py    drafts to finished items
unread_dates.py  dates behind a user's link that could not be read
problems.py     what an admin may want to look at
problem_messages.py  what is said of them
"""
