"""What a use of a template or of a magic word shows.

lookup.py       what each use of one is, by the table of templates
effects.py      what those show that do not just show their arguments
signing.py      who signs by a template, and when
magic_words.py  magic words and parser functions
"""
