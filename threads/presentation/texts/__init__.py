"""Texts and HTML that are kept, as they are shown.

links.py     where the links in a wiki's texts lead
pictures.py  pictures in a wiki's texts, where they may be loaded
marks.py     words that are looked for, marked
xml.py       texts in XML, for feeds and exports
"""
