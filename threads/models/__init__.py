"""The archive's tables. Only threads/store/ writes the rows of discussions.

wikis.py        wikis: where they are, and how their pages are to be read
pages.py        talk pages, their earlier titles, and the revisions that are kept
edits.py        who saved a revision, and how
names.py        what users' names tell of them
packing.py      how kept wikitext is packed
items.py        what sections, comments and unsigned text have in common
discussion.py   authors, sections and unsigned text
comment_ids.py  the times in the IDs of comments
comments.py     comments and their former ids
decisions.py    topics that were decided
changes.py      how comments changed on their pages
repairs.py      what editors set right in how a page was read
privacy.py      what is not to be shown, and what was before
runs.py         what imports and exports have in common
imports.py      imports, and what became of each of their pages
exports.py      exports, and how far each has come
collections.py  pages that belong together
totals.py       sums over comments and pages, so that reading counts nothing
search.py       what search knows of each text
"""

from .changes import Change
from .collections import Collection, CollectionPage, CollectionShare
from .comments import Comment, FormerId, Reply
from .decisions import CollectionTopic, DecidedTopic
from .discussion import Author, Section, UnsignedText
from .exports import ExportRun
from .imports import ImportItem, ImportRun
from .pages import FormerTitle, Revision, TalkPage
from .privacy import PrivacyRule, Withheld, WithheldPage
from .repairs import Repair
from .search import SearchEntry, SearchName, SearchState
from .totals import AuthorMonth, Contribution, TitleBranch, WikiMonth, WikiTotals
from .wikis import Wiki

__all__ = [
    "Author",
    "AuthorMonth",
    "Change",
    "Collection",
    "CollectionPage",
    "CollectionShare",
    "CollectionTopic",
    "Comment",
    "Contribution",
    "DecidedTopic",
    "ExportRun",
    "FormerId",
    "FormerTitle",
    "ImportItem",
    "ImportRun",
    "PrivacyRule",
    "Repair",
    "Reply",
    "Revision",
    "SearchEntry",
    "SearchName",
    "SearchState",
    "Section",
    "TalkPage",
    "TitleBranch",
    "UnsignedText",
    "Wiki",
    "WikiMonth",
    "WikiTotals",
    "Withheld",
    "WithheldPage",
]
