"""Nodes to what a reader sees.

html.py        safe HTML, and plain text
paragraphs.py  lists, paragraphs and blocks around inline HTML
"""
