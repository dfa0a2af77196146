"""What pages show, without a request: rows of the database made into what templates print.

times/, texts/, addresses/, people/ and archive/ serve any page, in this order; the rooms after them
use these, never the other way round. What is found leads to comments and into pages, so search/
uses page/ and comment/.

times/      moments and days, as they are written and drawn
texts/      texts and HTML that are kept, as they are shown
addresses/  what addresses and names lead to, and how many addresses are written at once
people/     who speaks, and what they wrote
archive/    what is in the archive: its wikis, pages and titles
analysis/   a page, a topic, an author or a collection in figures
outcomes/   what discussions came to: positions and decisions
page/       what a talk page is laid out from
comment/    what is shown of one comment: where it is read, how it is cited, its history
streams/    comments in the order of time, some at once, for feeds and programs
watching/   what a reader watches, by the list in an address
search/     what the search page shows, and where it leads
assets.py   the stylesheet and the scripts, joined and packed once
keyset.py   lists that are paged by key
"""
