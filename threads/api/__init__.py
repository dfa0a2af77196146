"""The archive for programs: /api/v1/, as JSON, read only but for the parser.

site.py           all of it put together
reading.py        what every address that is read has in common
gate.py           what holds for every request: limits, other origins, problems
problems.py       what went wrong, by RFC 9457
schemas.py        wikis, pages and revisions as answers have them
conversations.py  sections, comments and unsigned text as answers have them
wikis.py          addresses of wikis, their pages and authors
pages.py          addresses of a page's revisions, topics and threads
decisions.py      addresses of decided topics
comments.py       addresses of comments: newest first, by id, of a search
collections.py    addresses of collections
parsing.py        the parser as a service
documentation.py  the page that describes all that
"""
