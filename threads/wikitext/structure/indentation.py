"""Who answers whom, from how far each comment is indented.

Rules: DiscussionTools' thread builder. The parent is the latest item one level lower;
where a level was skipped, the previous item fills the gap. Every heading begins anew, and
hangs under the nearest heading before it of a smaller number.
"""

from .comments import Draft, DraftComment, DraftHeading, DraftUnsigned

PLACEHOLDER_LEVEL = 99


def set_parents(items: list[Draft]) -> list[Draft]:
    """Set each item's parent and section; gives the comments that skip a level."""
    skipping: list[Draft] = []
    latest: list[Draft] = []  # by level; [0] is the heading
    heading: DraftHeading | None = None
    answerable = 0  # level of the unsigned text that comments right below it answer
    for item in items:
        if isinstance(item, DraftHeading):
            item.parent = _heading_above(heading, item)
            heading, latest, answerable = item, [item], 0
            continue
        item.section = heading
        if isinstance(item, DraftComment) and item.host is not None:
            item.parent = item.host
        elif isinstance(item, DraftUnsigned):
            item.parent = latest[min(item.level, len(latest)) - 1]
            if item.can_be_answered:  # by what stands deeper below it, which answers nothing before
                del latest[item.level :]
                answerable = item.level
        else:
            if len(latest) < item.level:
                if item.level > answerable + 1:
                    skipping.append(item)
                latest += [latest[-1]] * (item.level - len(latest))
            item.parent = latest[item.level - 1]
            latest[item.level :] = [item]
            answerable = min(answerable, item.level)
    return skipping


def _heading_above(heading: DraftHeading | None, item: DraftHeading) -> DraftHeading | None:
    while heading is not None:
        if (heading.heading_level or PLACEHOLDER_LEVEL) < item.heading_level:
            return heading
        above = heading.parent
        heading = above if isinstance(above, DraftHeading) else None
    return None


def last_inline_replies(items: list[Draft]) -> dict[Draft, Draft]:
    """For each comment whose paragraph holds inline replies: the last of them.

    What answers that paragraph is shown under it.
    """
    return {
        item.host: item
        for item in items
        if isinstance(item, DraftComment) and item.host is not None
    }
