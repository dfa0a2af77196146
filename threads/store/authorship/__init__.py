"""Who wrote what nobody signed, by the history.

lines.py        the lines of a wikitext, and how alike they are
blame.py        since when each line that nobody signed is there, and by whom
attribution.py  who wrote what nobody signed, by that
copies.py       the same of text that was moved from page to page
"""
