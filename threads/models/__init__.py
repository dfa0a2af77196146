"""The archive's tables. Only threads/store/ writes the rows of discussions.

wiki/           wikis, their talk pages, and the revisions that are kept
discussion/     sections, comments and unsigned text: what stands on talk pages
collections.py  pages that belong together
derived/        what follows from discussions, so that reading counts nothing
amendments/     what editors and admins change afterwards
runs/           imports and exports, and what became of them
"""

from .amendments.failures import RepairFailure
from .amendments.privacy import PrivacyRule, Withheld, WithheldPage
from .amendments.repairs import Repair
from .collections import Collection, CollectionPage, CollectionShare
from .derived.decisions import CollectionTopic, DecidedTopic
from .derived.search import SearchEntry, SearchName, SearchState
from .derived.totals import AuthorMonth, Contribution, TitleBranch, WikiMonth, WikiTotals
from .discussion.authors import Author
from .discussion.changes import Change
from .discussion.comments import Comment, Reply
from .discussion.former_ids import FormerId
from .discussion.sections import Section, UnsignedText
from .runs.exports import ExportRun
from .runs.imports import ImportItem, ImportRun
from .wiki.pages import FormerTitle, Revision, TalkPage
from .wiki.wikis import Wiki

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
    "RepairFailure",
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
