"""How talk pages come in: a source gives page revisions, the runner parses, stores and records.

sources/       where text comes from: each checks and decodes what it is given
text.py        bytes or a form's text as wikitext; titles.py: titles as MediaWiki writes them
wikis.py       the wiki that an import is for; wikimedia.py: what is known of Wikimedia's
exportxml.py   MediaWiki's XML as a stream; compression.py, sevenzip.py: files unpacked as one
site.py        a live wiki by its address; listing.py: which of its pages; archives.py: old talk
api.py         its API, asked politely; answers.py: what it may answer, checked and bounded
fetching.py    the web within bounds; addresses.py: where at all; failures.py: why it failed
siteinfo.py    what a wiki says of itself, and the row that it becomes; places.py: for links
runner.py      imports and previews; reparsing.py: pages read again
repairing.py   what editors set right: made, tried out, taken back
outline.py     a page in short, for a preview
errors.py      what is said of input that cannot be taken
"""
