"""The archive's tables. Only threads/store.py writes the discussion's rows."""

from .collections import Collection, CollectionPage
from .comments import Change, Comment, FormerId, Reply
from .discussion import Author, Section, UnsignedText
from .imports import ImportItem, ImportRun
from .pages import FormerTitle, Revision, TalkPage
from .repairs import Repair
from .wikis import Wiki

__all__ = [
    "Author",
    "Change",
    "Collection",
    "CollectionPage",
    "Comment",
    "FormerId",
    "FormerTitle",
    "ImportItem",
    "ImportRun",
    "Repair",
    "Reply",
    "Revision",
    "Section",
    "TalkPage",
    "UnsignedText",
    "Wiki",
]
