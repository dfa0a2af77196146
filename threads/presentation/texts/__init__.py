"""Texts and HTML that are kept, as they are shown.

links.py     where the links in a wiki's texts lead
targets.py   which pages, sections and comments of the archive these mean
pictures.py  pictures in a wiki's texts, where they may be loaded
marks.py     words that are looked for, marked
xml.py       texts in XML, for feeds and exports
"""
