"""What pages show, without a request: rows of the database made into what templates print.

The modules here serve any page. The rooms use them, never the other way round; what is found
leads to comments and into pages, so search/ uses page/ and comment/.

analysis/          a page, a topic, an author or a collection in figures
outcomes/          what discussions came to: positions and decisions
page/              what a talk page is laid out from
comment/           what is shown of one comment: where it is read, how it is cited, its history
streams/           comments in the order of time, some at once, for feeds and programs
watching/          what a reader watches, by the list in an address
search/            what the search page shows, and where it leads
addresses.py       where comments and people are found, of many at once
assets.py          the stylesheet and the scripts, joined and packed once
authors.py         authors of all wikis by name
calendar.py        days and moments that an address names, and a moment by a zone's clocks
charts.py          how many comments there were over time, as bars
clock.py           times of many comments, each day's words made once
contributions.py   what one author wrote, where, and with whom they talked
dates.py           how times are written: as on the wiki, in its own zone
everywhere.py       what somebody wrote on all wikis
finding.py         the wiki, page, author or collection that somebody asks for
indexing.py        talk pages that search engines are asked not to show
keyset.py          lists that are paged by key
links.py           where the links in a wiki's texts lead
marks.py           words that are looked for, marked
overview.py        what is in the archive, over all wikis
own_addresses.py   what an address of this archive names that somebody gives
people.py          who speaks, with the colour of their name
pictures.py        pictures in a wiki's texts, where they may be loaded
querystrings.py    this address with something else asked for, many times
renamed.py         what an address asks for by names that were changed here
subpages.py        a wiki's pages as a tree of subpages
suggestions.py     what is called nearly like something that is not there
title_paths.py     the parts of a title that is a path, and what a page is called
xml_text.py        texts in XML, for feeds and exports
"""
