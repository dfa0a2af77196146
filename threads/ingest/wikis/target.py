"""The wiki that an import is for: the archive's, or a new one that is not saved yet."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from threads.ingest.characters import one_line
from threads.ingest.errors import BadInput
from threads.models import Wiki
from threads.models.wiki.wikis import is_wikimedias
from threads.wikitext import BadProfile, UnknownLanguage, UnknownTimezone
from threads.wikitext.site.languages import profile_for
from threads.wikitext.site.wikimedia import WikimediaSite, site

from .places import is_same_server, origin

SHOWN = 80  # characters of a bad name that a message repeats


def open_wiki(dbname: str, *, server: str = "", language: str = "", timezone: str = "") -> Wiki:
    """The archive's wiki of that name, or a new, unsaved one.

    One of which nothing was imported yet is new, whatever previews said of it.
    In: `server` is where the wiki says that it is; "" where only its name is known. Then,
    or where that is Wikimedia's, a new one has the name, address, language and zone that
    are known of the wiki of this name.
    Raises BadInput for a name that cannot be one, a language or zone that there is not,
    for a language or zone that is not the archive's for this wiki, and where the archive's
    wiki of this name is at another server.
    """
    wiki = Wiki.objects.settled().filter(dbname=dbname).first()
    if wiki:
        _check_server(wiki, server)
        _check_same(wiki, "language", _("language"), language)
        _check_same(wiki, "timezone", _("time zone"), timezone)
        return wiki
    known = site(dbname) if is_wikimedias(server) or not server else WikimediaSite()
    wiki = Wiki(
        dbname=dbname,
        name=known.name,
        server=server or known.server,
        language=language or known.language,
        timezone=timezone or known.timezone,
    )
    try:
        Wiki._meta.get_field("dbname").clean(dbname, wiki)
    except ValidationError as error:
        raise BadInput(
            "dbname",
            _(
                "“%(dbname)s” is not a valid database name. Use lowercase letters and digits, for "
                "example “metawiki” or “dewiki”."
            )
            % {"dbname": one_line(dbname, SHOWN)},
        ) from error
    check_wiki(wiki)
    return wiki


def check_wiki(wiki: Wiki) -> None:
    """Raises BadInput where the wiki's language, zone or profile cannot be used."""
    if not isinstance(wiki.profile, dict):
        raise BadInput("profile", _("Enter a JSON object; use {} for no differences."))
    try:
        profile_for(wiki.language, wiki.timezone, wiki.profile)
    except UnknownLanguage as error:
        said = _("MediaWiki has no language “%(code)s”. Enter a code such as “en” or “zh-hant”.")
        code = one_line(wiki.language, SHOWN)
        raise BadInput("language", said % {"code": code}) from error
    except UnknownTimezone as error:
        said = _("There is no time zone “%(name)s”. Enter a name such as “Europe/Berlin”.")
        name = one_line(wiki.timezone, SHOWN)
        raise BadInput("timezone", said % {"name": name}) from error
    except BadProfile as error:
        raise BadInput("profile", _(error.message).format(**error.values)) from error


def _check_server(wiki: Wiki, server: str) -> None:
    """Of all Wikimedia's wikis the database names differ: they may be at several addresses."""
    kept = origin(wiki.server or wiki.api_url)
    both = is_wikimedias(kept) and is_wikimedias(server)
    if server and kept and not both and not is_same_server(kept, server):
        raise BadInput(
            "dbname",
            _(
                "The database name “%(dbname)s” is already used for %(kept)s; this wiki is at "
                "%(server)s. Choose another name, such as “%(dbname)s2”, or update the wiki's URL "
                "in the admin if it has moved."
            )
            % {"dbname": wiki.dbname, "kept": kept, "server": server},
        )


def _check_same(wiki: Wiki, field: str, name: str, given: str) -> None:
    kept = getattr(wiki, field)
    if given and given.lower() != kept.lower():
        raise BadInput(
            field,
            _(
                "The %(field)s of %(dbname)s is already set to “%(kept)s”, not “%(given)s”. Leave "
                "the field empty, or change it in the admin."
            )
            % {"dbname": wiki.dbname, "field": name, "kept": kept, "given": given},
        )
