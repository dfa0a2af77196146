"""The archive's tables. Only threads/store.py writes the discussion's rows."""

from .discussion import Author, Comment, FormerId, Reply, Section, UnsignedText
from .imports import ImportItem, ImportRun
from .pages import Revision, TalkPage, Wiki

__all__ = [
    "Author",
    "Comment",
    "FormerId",
    "ImportItem",
    "ImportRun",
    "Reply",
    "Revision",
    "Section",
    "TalkPage",
    "UnsignedText",
    "Wiki",
]
