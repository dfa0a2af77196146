"""Inline: what stands in a line to nodes, by rules for mwparserfromhell's tokens.

reader.py        the rule for each token, and the stretches of text that are read by them
state.py         how far the reading of a stretch has come: its nodes, and what is open
page.py          what the rules know of the page
text.py          text and &entities;
marks.py         the rules for comments, tags and words in a text, in order
linked_text.py   text with [[links]] and no other markup, which needs no tokens
link.py          [[links]] among tokens
trail.py         the letters beside a link that belong to it
file.py          [[File:Pictures.png]]
address.py       [https://addresses]
template.py      {{templates}} and {{{parameters}}}
file_options.py  what the options of [[File:…|thumb]] say
quotes.py        runs of apostrophes
"""
