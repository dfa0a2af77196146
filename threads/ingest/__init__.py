"""How talk pages come in: a source gives page revisions; they are parsed, stored and recorded.

Each of these uses only those above it.

errors.py      what is said of input that cannot be taken, and of imports that cannot go on
characters.py  text from outside as a line that can be shown and stored
reasons.py     why the system could not do something, in words
titles.py      titles and names of users, checked
problems.py    what the parser noticed, by kind, in the language of whoever reads it
outline.py     a page in short, for a preview
database.py    writing to a database that others write to, and that can break
web/           other servers, asked within bounds
wikis/         which wiki an import is for, and what it says of itself
files/         what comes as bytes, unpacked and decoded
sources/       page revisions, wherever they come from
runs/          imports: parsed, stored and recorded, page by page
reparsing.py   pages read again from their kept wikitext
repairing.py   what editors set right: made, tried out, taken back
tasks.py       imports that wait in the database for a worker
recovery.py    imports whose worker was killed, put back to wait
"""
