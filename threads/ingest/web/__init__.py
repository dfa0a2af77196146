"""Other servers, asked politely, within bounds, and only at addresses that may be asked.

addresses.py  which addresses may be fetched from
fetching.py   what is at an address, within bounds of size and time
failures.py   why a server could not be asked, in words
answers.py    what the Action API may answer, checked and bounded
api.py        the Action API's client
"""
