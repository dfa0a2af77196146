"""The wiki that an import is for: the archive's, or a new one that is not saved yet."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from threads.models import Wiki
from threads.wikitext import BadProfile, UnknownLanguage, UnknownTimezone
from threads.wikitext.languages import profile_for

from .errors import BadInput
from .reading import Manner
from .wikimedia import site


def open_wiki(dbname: str, *, language: str = "", timezone: str = "") -> Wiki:
    """The archive's wiki of that name, or a new, unsaved one.

    A new one of Wikimedia's gets its address, language and zone by its name.
    Raises BadInput for a name that cannot be one, a language or zone that there is not,
    and for a language or zone that is not the archive's for this wiki.
    """
    wiki = Wiki.objects.filter(dbname=dbname).first()
    if wiki:
        _check_same(wiki, "language", _("language"), language)
        _check_same(wiki, "timezone", _("time zone"), timezone)
        return wiki
    known = site(dbname)
    wiki = Wiki(
        dbname=dbname,
        name=known.name,
        server=known.server,
        language=language or known.language,
        timezone=timezone or known.timezone,
    )
    try:
        Wiki._meta.get_field("dbname").clean(dbname, wiki)
    except ValidationError as error:
        raise BadInput(
            "dbname",
            _(
                "“%(dbname)s” is no wiki's database name: give one of small letters and digits, "
                "such as “metawiki” or “dewiki”."
            )
            % {"dbname": dbname},
        ) from error
    check_wiki(wiki)
    return wiki


def manner(wiki: Wiki) -> Manner:
    """How the wiki's pages are to be read."""
    return Manner(wiki.language, wiki.timezone, wiki.dbname, wiki.profile)


def check_wiki(wiki: Wiki) -> None:
    """Raises BadInput where the wiki's language, zone or profile cannot be used."""
    if not isinstance(wiki.profile, dict):
        raise BadInput("profile", _("The profile must be a JSON object: {} where nothing differs."))
    try:
        profile_for(wiki.language, wiki.timezone, wiki.profile)
    except UnknownLanguage as error:
        raise BadInput("language", str(error)) from error
    except UnknownTimezone as error:
        raise BadInput("timezone", str(error)) from error
    except BadProfile as error:
        raise BadInput("profile", str(error)) from error


def _check_same(wiki: Wiki, field: str, name: str, given: str) -> None:
    kept = getattr(wiki, field)
    if given and given.lower() != kept.lower():
        raise BadInput(
            field,
            _(
                "%(dbname)s is in the archive with the %(field)s “%(kept)s”, not “%(given)s”. "
                "Leave it out, or change the wiki in the admin first."
            )
            % {"dbname": wiki.dbname, "field": name, "kept": kept, "given": given},
        )
