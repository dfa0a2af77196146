"""One module an address: a request in, a response out; threads/urls.py says which is which.

home.py         what is in the archive
wikis.py        one wiki's pages
page.py         a talk page with its threads, or one branch of it
compare.py      two topics side by side
comments.py     permanent links, and comments that left their page
history.py      what happened to a comment
composer.py     a reply in the making
citations.py    a comment to pass on
previews.py     the beginning of a comment
authors.py      what one author wrote on a wiki
people.py       what somebody wrote on all wikis
search.py       what was found, and where pasted things lead
suggestions.py  names while they are typed
watch.py        what a reader watches, by the list in the address
since.py        what is new in the archive, a collection, a wiki or a page
decisions.py    registers of decided topics
analysis.py     a page, a topic, an author or a collection in figures
downloads.py    a page or a topic as a file
collections.py  pages of several wikis under one title
assets.py       the stylesheet and the scripts
health.py       whether the archive can be read and written, and what is amiss
metrics.py      what was answered, for Prometheus
robots.py       what programs may read
"""
