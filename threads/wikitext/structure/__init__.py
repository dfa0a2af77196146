"""Nodes to sections, comments, parents and ids.

places.py            places in a flow that the stages look for
signatures.py        who signed, from the links before a timestamp
comments.py          where each comment begins and ends
sections.py          what a heading says, and its anchor
indentation.py       who answers whom
identity.py          ids and names, as DiscussionTools gives them
dress.py             what stands beside a signature and belongs to no sentence
boxes.py             parts of a page that templates set apart
closures.py          which discussions are closed, by whom and in which words
words/               whose words they are, where DiscussionTools gives several people's to one
outcomes/            what a discussion came to: positions and decisions
finishing.py         drafts to finished items
unread_dates.py      dates behind a user's link that could not be read
problems.py          what an admin may want to look at
problem_messages.py  what is said of them
"""
