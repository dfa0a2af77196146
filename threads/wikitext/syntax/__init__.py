"""Syntax: wikitext to nodes.

blocks/    a page line by line: what each begins and ends
inline/    what stands in a line, by mwparserfromhell's tokens
"""
