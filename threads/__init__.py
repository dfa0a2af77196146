"""The one app: talk pages in, threads out. docs/architecture.md says how it fits together.

wikitext/      wikitext in, threads out: pure Python
models/        the tables, and what can be asked of them
store/         the only writer of discussions
privacy/       what is not to be shown
search/        words found on either database
ingest/        how talk pages come in
presentation/  what pages show, without a request
views/         what each address of the reader answers
corrections/   what editors correct, where readers meet it
feeds/         the same as Atom feeds
api/           the same for programs, as JSON
http/          what holds for every request
admin/         the administration
accounts/      who runs the archive, how they come in, and what they did
management/    the commands
backups/       an archive as one file, and back
export/        an archive as files for other programs, and back
site/          an archive as static pages, which need no server
processes/     processes that work in the background, and what they leave
doctor/        problems of an installation
bench/         what reading and searching cost, measured
templatetags/  filters and tags of the templates
database/      what is wrong with a database
migrations/    how the tables came to be
urls.py        every address of the reader
forms.py       the forms that both readers and admins fill in
edits.py       what a wiki tells of the edit that made a revision
compose.py     the wikitext of a reply, and where it goes
sitemaps.py    the addresses that search engines may read
apps.py        the app, as Django knows it
checks.py      what an installation must have
"""
