"""What settings.py is made of, a subject each, from the environment and the installation.

variables.py    environment variables, each read as what it can mean
data_folder.py  the folder in which an installation keeps what is its own
stamp.py        which version of talkarchive that folder is of
databases.py    the database, and how it is spoken to
caches.py       where pages are kept that were made once
components.py   apps, what is around each request, engines of templates
security.py     what browsers are told to refuse, and for whom HTTPS is promised
indexing.py     what search engines may show, and which programs are kept out
logs.py         what the log looks like
"""
