"""Wikitext without what is not to be shown: names, addresses, comments. Text in, text out.

redacting.py   all that holds for a wiki, done to a text
names.py       a user's name as another one, in every spelling
patterns.py    the spellings of a name, as a regular expression
addresses.py   IP addresses without the part that tells the subscriber
comments.py    comments whose words are taken down
summaries.py   edit summaries that repeat those words
"""
