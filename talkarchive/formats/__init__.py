"""How numbers and dates are written where Django's own way is not ours: a package a language.

en/  as English Wikipedia writes dates, and as the archive's pages do
"""
