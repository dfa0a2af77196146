"""Wikitext to nodes.

brackets.py    which openings have their ends
lines.py       source lines, joined where a construct runs over several of them
blocks/        a page line by line: what each begins and ends
inline/        what stands in a line, by mwparserfromhell's tokens
templates/     what a use of a template shows
extensions.py  <nowiki>, <pre>, <ref> and their like
"""
