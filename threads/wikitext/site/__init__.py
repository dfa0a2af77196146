"""What is known of a language and of a wiki.

languages.py         the profile of a wiki: dates, names and words of its language
tables.py            the tables of data/
overrides.py         what an admin may say of a wiki beside that
outcomes.py          words by which people take positions and close discussions
outcome_patterns.py  regular expressions for words of positions and decisions
template_facts.py    what may be said of a template
faults.py            what is wrong with such a profile, in sentences
unsigned.py          sentences that templates for unsigned comments leave behind
greetings.py         words with which people close what they write
date_formats.py      the codes of MediaWiki's date formats, and what each tells
timestamps.py        the dates in signatures, and what they mean in UTC
date_grammar.py      how dates of any form are found in a text …
historic_dates.py    … what they mean: dates of former years, and those that people type
foreign_dates.py     … and those in another language than the wiki's
titles.py            titles as a wiki writes them, and the page that a talk page is about
links.py             what a link leads to: a user, a file, a page, an address
near_users.py        links that name a user to a reader only
redirects.py         pages that only say where to go on
interwiki.py         what the prefix of a link to another wiki leads to
wikimedia.py         Wikimedia's wikis by their database names
"""
