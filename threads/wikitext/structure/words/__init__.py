"""Whose words: what of a signer's text is somebody else's.

parting.py       items of their own for what is not the signer's
additions.py     what people add behind their signature
beginnings.py    where what a signer says begins
marks.py         where words end that are signed in another way
undated.py       whom the links name that end a line without a date
dated_links.py   signatures of a user's link and a date behind it in whatever form
broken_links.py  whom a link names that lacks a bracket
plain_names.py   whom a text names as its author without a link
remarks.py       what a host says before a remark inside their line
box_lines.py     lines of a box that are no words of who signs below it
table_rows.py    rows of tables that somebody signs before the words
signed_above.py  topics whose people sign above their words
text_lines.py    lines of a flow, and what a reader sees of them
"""
