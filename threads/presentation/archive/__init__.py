"""What is in the archive: its wikis, pages and titles.

overview.py     what is in the archive, over all wikis
subpages.py     a wiki's pages as a tree of subpages
title_paths.py  the parts of a title that is a path, and what a page is called
indexing.py     talk pages that search engines are asked not to show
"""
