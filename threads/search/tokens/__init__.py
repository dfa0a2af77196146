"""Texts cut into what the index has of them: words, folded, and markers. Knows no database.

characters.py  what characters are to it
terms.py       what can be asked of the index
folding.py     texts, cut into its tokens
markers.py     tokens that are no words: who, where, when
marking.py     where the words stand in a text
"""
