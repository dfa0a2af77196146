"""Blocks: a page's lines to its flow, by a list of rules that share one state.

reader.py        the rules for lines, in order, and the page that is read by them
state.py         how far the reading has come: the flow, and what is open around it
blank.py         blank lines, and lines of comments
table.py         the lines of tables
list.py          the lines of lists
heading.py       headings
rule.py          horizontal rules
paragraph.py     lines of text
text.py          the text of a line, which continues or begins a paragraph
placing.py       the rules for what stands in a line, by kind
tag.py           block-level tags
html_heading.py  headings written as HTML
aside.py         inline elements that hold a quotation, or what is no part of the discussion
template.py      templates whose arguments hold lines
"""
