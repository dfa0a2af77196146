"""Commands, and what they run in.

commands/      one module a command: arguments are parsed, and the work is left to others
command_line.py  where every command begins
alone.py       whether a server is the only one on its data folder
archive.py     what commands that work on the archive have in common
listening.py   where a server listens
numbers.py     numbers that commands are given
progress.py    how a long command tells of an import
server.py      gunicorn, and a worker beside it
stamping.py    the note of the version in the data folder
terminal.py    what is printed must not act on the terminal
tables.py      what changed in the tables, for migrations
static_files.py  static files under names that change with their content
transfers.py   how a command tells of bytes on their way
supervising.py  processes that run beside each other, and end together
worker.py      what works on imports that were begun in the admin
"""
