"""What holds for every request and response, whatever the address.

methods.py     which methods an address takes, and what HEAD is answered with
converters.py  how titles, names and ids are written in addresses
canonical.py   one address for each page
parameters.py  what an address asks for behind its “?”
contexts.py    templates that are given a described context
errors.py      what is answered where there is nothing to show, or showing it fails
refusals.py    what is answered to requests that are not accepted
limits.py      how many expensive answers are made at once
logins.py      how many wrong passwords may be tried, and whose they are
keeping.py     answers that are made once
page_cache.py  the cache of these, which may fail
streaming.py   a body that is sent while it is made
schema.py      keeps readers from a database that is not this version's
metrics.py     what is counted of answers
indexing.py    what search engines may show
languages.py   the language that a reader chose
"""
