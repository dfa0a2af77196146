"""What HTML and CSS a page may have, in wikitext and in what is shown of it.

tags.py          the tags that wikitext may have, and what each does to the flow
entities.py      characters that a page can have, and references to them
styles.py        what wikitext says about looks, as classes from a fixed set
highlighting.py  source code in colors, as classes
icons.py         small pictures beside the words of templates
alternatives.py  regular expressions for any of many texts
allowlist.py     what may come out: the list that all stored HTML goes through
"""
