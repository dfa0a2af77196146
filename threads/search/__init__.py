"""Finding words in comments, headings and titles: the same on either database.

tokens/      texts, cut into what the index has of them
index/       the index of either database
query/       what somebody typed, and what it means in this archive
matching.py  whether the words of a query are in a text at hand
ranking.py   which results are the best
finding.py   what the archive has on a query
"""
