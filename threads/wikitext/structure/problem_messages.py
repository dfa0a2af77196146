"""What is said of problems: by the kind of each, what it means to an admin."""

from threads.wikitext.site.faults import gettext_noop

# Those that are harmless.
NOTES = frozenset(
    {
        "skipped-indentation",
        "duplicate-id",
        "no-talk",
        "redirect",
        "ambiguous-date",
        "foreign-date",
        "no-such-date",
        "clock-and-zone-differ",
    }
)
# What each kind of problem means to an admin.
MESSAGES = {
    "timestamp-without-author": gettext_noop(
        "Timestamp without a user link: the author is unknown."
    ),
    "author-without-timestamp": gettext_noop(
        "User link without a timestamp: kept as unsigned text."
    ),
    "skipped-indentation": gettext_noop("Indentation skips a level."),
    "duplicate-id": gettext_noop(
        "Duplicate ID (same author, time and heading): a number was added."
    ),
    "time-in-the-future": gettext_noop("Timestamp lies in the future."),
    "ambiguous-date": gettext_noop(
        "Ambiguous date: day and month can be swapped. The wiki's own order was used."
    ),
    "foreign-date": gettext_noop(
        "Date in another language ({language}): parsed with the month names of that language."
    ),
    "no-such-date": gettext_noop(
        "Impossible date or time in a signature. As in MediaWiki's DiscussionTools, 32 May is "
        "taken for 1 June, and a year before 2001 as it is written."
    ),
    "unread-date": gettext_noop(
        "Text after a user link looks like a date, but could not be parsed: the author is known, "
        "the time is not. {month}"
    ),
    "clock-and-zone-differ": gettext_noop(
        "In these weeks MediaWiki wrote UTC times next to the name of the wiki's time zone. The "
        "time may be off by an hour or more."
    ),
    "unclosed-markup": gettext_noop("Unclosed template, link or tag: shown as text."),
    "too-deep": gettext_noop(
        "Templates or links nested more than {most} levels deep: shown as text."
    ),
    "unclosed-comment": gettext_noop(
        "Unclosed HTML comment: the rest of the page is hidden, as on the wiki."
    ),
    "different-indentation": gettext_noop(
        "Indentation changes within the comment: a part of it may be by another author."
    ),
    "no-talk": gettext_noop(
        "This word keeps DiscussionTools from detecting comments on the page. They are detected "
        "here."
    ),
    "redirect": gettext_noop(
        "This page redirects to “{target}”. The discussion may continue there, and older comments "
        "may be in earlier revisions of this page."
    ),
    "no-signature": gettext_noop(
        "No signatures found. If there are any, check the wiki's language ({language}), time zone "
        "({timezone}) and date format ({formats}). {date}"
    ),
}
# Sentences that end one of these messages.
A_DATE = gettext_noop("The first text that looks like a date is “{found}”.")
NO_DATE = gettext_noop("No text looks like a date.")
A_LANGUAGE = gettext_noop("The month name is in {language}.")
NO_LANGUAGE = gettext_noop("The language of the month name is unknown.")
SENTENCES = (A_DATE, NO_DATE, A_LANGUAGE, NO_LANGUAGE)
