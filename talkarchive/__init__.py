"""The Django project: settings, root URLs, and how servers begin.

settings.py      all settings, read from the environment
configuration/   what they are made of, a subject each
formats/         how dates are written, where Django's own way is not ours
urls.py          root URLs
asgi.py          where an ASGI server begins
wsgi.py          where a WSGI server begins
serving.py       how gunicorn serves the archive
ending.py        how a process ends
middleware.py    an id for each request
sessions.py      sessions, by keys that the archive makes
installation.py  whether it is installed as a package or a checkout
bootstrap.py     the project's own Python environment, made at its first run
__main__.py      the command line, where its script is not on the path
"""
