"""How numbers and dates are written where Django's own way is not ours: a package a language.

ar/  as Arabic Wikipedia writes dates, and as the archive's pages do
en/  as English Wikipedia writes dates, and as the archive's pages do
"""
