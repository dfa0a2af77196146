"""One module an address: a request in, a response out; threads/urls.py says which is which.

talk/      one talk page and its comments
people/    what people wrote
archive/   what is in the archive, found and listed over its pages
programs/  what browsers, machines and search engines ask for
"""
