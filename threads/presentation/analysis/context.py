"""What the template of an analysis is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from threads.models import Author, Collection, Section, TalkPage, Wiki

from .figures import Figure
from .subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisContext:
    """What `analysis.html` is given."""

    wiki: Wiki | None = None  # of the page or author; None for collections
    talk_page: TalkPage | None = None  # what is analyzed …
    topic: Section | None = None  # … or one topic of it
    author: Author | None = None
    collection: Collection | None = None
    figures: list[Figure]
    sampled: int  # of so many comments figures are made; 0: of all
    first_pages: int  # of so many pages of a collection; 0: of all

    @classmethod
    def of(cls, subject: Subject, figures: Sequence[Figure], **what: object) -> "AnalysisContext":
        """In: `what` is analyzed, by the names of the fields."""
        return cls(
            figures=[figure for figure in figures if not figure.is_empty],
            sampled=len(subject.sample.comments) if subject.sample.is_partial else 0,
            first_pages=subject.pages,
            **what,  # type: ignore[arg-type]
        )
