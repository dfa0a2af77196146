"""Commands, and what they run in.

commands/      one module a command: arguments are parsed, and the work is left to others
archive.py     what commands that work on the archive have in common
progress.py    how a long command tells of an import
server.py      the demo's web server
worker.py      workers for imports
"""
