"""What addresses and names lead to, and how many addresses are written at once.

finding.py       the wiki, page, author or collection that somebody asks for
renamed.py       what an address asks for by names that were changed here
similar.py       what is called nearly like something that is not there
own.py           what an address of this archive names that somebody gives
patterns.py      where comments and people are found, of many at once
querystrings.py  this address with something else asked for, many times
"""
