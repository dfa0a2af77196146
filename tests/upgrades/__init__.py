"""Archives of earlier states of the schema, and what readers see of them today.

rows.py           rows of an archive as lines of text, and back
archive.py        a small archive that has some of everything
__main__.py       the command that keeps one, and those that bring it back
test_upgrades.py  each kept archive, migrated to today's state
"""
