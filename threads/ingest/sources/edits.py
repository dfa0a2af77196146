"""What a wiki tells of the edit that made a revision, bounded and cleaned."""

from threads.edits import Edit
from threads.ingest.characters import one_line

NAME = 255  # MediaWiki's limit for a user's name
SUMMARY = 1000  # characters; MediaWiki's own limit is 500


def clean_edit(
    user: str,
    summary: str,
    *,
    minor: bool,
    user_hidden: bool,
    summary_hidden: bool,
    parent_number: int | None,
) -> Edit:
    """The edit, without what its wiki hides; a name that no user can have is not known."""
    name, said = " ".join(user.split()), " ".join(summary.split())
    known = not user_hidden and len(name) <= NAME
    return Edit(
        user=one_line(name) if known else "",
        summary="" if summary_hidden else one_line(said, SUMMARY),
        minor=minor,
        user_hidden=user_hidden,
        summary_hidden=summary_hidden,
        parent_number=parent_number,
    )
