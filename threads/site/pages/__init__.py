"""Pages of a copy: made once, and written in all languages.

kinds.py      the kinds of pages: what there is of each, and how it is made
talk.py       whole talk pages
people.py     what everybody wrote
lists.py      pages that list
histories.py  what happened to comments
analyses.py   what is told in figures
states.py     what pages are made of, told shortly
drafts.py     pages on their way from what they show to HTML
shells.py     what is around them, by language and depth
slots.py      slots, where the words of a language belong
clock.py      times of many comments, with slots
words.py      the words of a language, in slots
writing.py    pages, written in all languages
"""
