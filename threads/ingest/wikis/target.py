"""The wiki that an import is for: the archive's, or a new one that is not saved yet."""

from collections.abc import Iterator

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

DEFAULT_LANGUAGE = "en"
SHOWN = 80  # characters of a bad name that a message repeats


def open_wiki(dbname: str, *, server: str = "", language: str = "", timezone: str = "") -> Wiki:
    """The archive's wiki of that name, or a new, unsaved one. Raises the first of the faults that
    `found_or_new` gives."""
    wiki, faults = found_or_new(dbname, server=server, language=language, timezone=timezone)
    for fault in faults:
        raise fault
    return wiki


def found_or_new(
    dbname: str, *, server: str = "", language: str = "", timezone: str = ""
) -> tuple[Wiki, list[BadInput]]:
    """The archive's wiki of that name, or a new, unsaved one; and all that is wrong with what was
    given.

    One of which nothing was imported yet is new, whatever previews said of it.
    In: `server` is where the wiki says that it is; "" where only its name is known. Then,
    or where that is Wikimedia's, a new one has the name, address, language and zone that
    are known of the wiki of this name.
    Wrong is a name that cannot be one, a language or zone that there is not, a language or zone
    that is not the archive's for this wiki, a language that is not the one of Wikimedia's wiki of
    this name, and where the archive's wiki of this name is at another server.
    """
    wiki = Wiki.objects.settled().filter(dbname=dbname).first()
    if wiki:
        return wiki, [
            *_other_server(wiki, server),
            *_other_value(wiki, "language", _("language"), language),
            *_other_value(wiki, "timezone", _("time zone"), timezone),
        ]
    known = site(dbname) if is_wikimedias(server) or not server else WikimediaSite()
    wiki = Wiki(
        dbname=dbname,
        name=known.name,
        server=server or known.server,
        language=language or known.language,
        timezone=timezone or known.timezone,
    )
    return wiki, [*_bad_name(wiki), *_other_wiki(wiki, known), *faults_of(wiki)]


def is_taken_for_wikimedias(wiki: Wiki) -> bool:
    """Whether a new wiki's name and address are known by its database name alone."""
    return wiki._state.adding and bool(wiki.server) and site(wiki.dbname).server == wiki.server


def check_wiki(wiki: Wiki) -> None:
    """Raises BadInput where the wiki's language, zone or profile cannot be used."""
    for fault in faults_of(wiki):
        raise fault


def faults_of(wiki: Wiki) -> Iterator[BadInput]:
    """What cannot be used of a wiki's language, zone and profile, each by itself."""
    code, zone, profile = wiki.language, wiki.timezone, wiki.profile
    if not isinstance(profile, dict):
        yield BadInput("profile", _("Enter a JSON object; use {} for no differences."))
        profile = {}
    try:
        profile_for(code)
    except UnknownLanguage:
        said = _("MediaWiki has no language “%(code)s”. Enter a code such as “en” or “zh-hant”.")
        yield BadInput("language", said % {"code": one_line(code, SHOWN)})
        code = DEFAULT_LANGUAGE
    try:
        profile_for(code, zone)
    except UnknownTimezone:
        said = _("There is no time zone “%(name)s”. Enter a name such as “Europe/Berlin”.")
        yield BadInput("timezone", said % {"name": one_line(zone, SHOWN)})
    try:
        profile_for(code, profile=profile)
    except BadProfile as error:
        yield BadInput("profile", _(error.message).format(**error.values))


def _bad_name(wiki: Wiki) -> Iterator[BadInput]:
    try:
        Wiki._meta.get_field("dbname").clean(wiki.dbname, wiki)
    except ValidationError:
        said = _(
            "“%(dbname)s” is not a valid database name. Use lowercase letters and digits, for "
            "example “metawiki” or “dewiki”."
        )
        yield BadInput("dbname", said % {"dbname": one_line(wiki.dbname, SHOWN)})


def _other_wiki(wiki: Wiki, known: WikimediaSite) -> Iterator[BadInput]:
    """A wiki of one's own that is called as one of Wikimedia's would get its name and address."""
    base, of_known = (code.lower().partition("-")[0] for code in (wiki.language, known.language))
    if is_taken_for_wikimedias(wiki) and base != of_known and base != wiki.dbname[: len(base)]:
        said = _(
            "“%(dbname)s” is the database name of %(wiki)s, whose language is “%(known)s”, not "
            "“%(given)s”. Choose another name, such as “%(dbname)s2”, or leave the language empty."
        )
        told = {"dbname": wiki.dbname, "wiki": known.name, "known": known.language}
        yield BadInput("language", said % {**told, "given": one_line(wiki.language, SHOWN)})


def _other_server(wiki: Wiki, server: str) -> Iterator[BadInput]:
    """Of all Wikimedia's wikis the database names differ: they may be at several addresses."""
    kept = origin(wiki.server or wiki.api_url)
    both = is_wikimedias(kept) and is_wikimedias(server)
    if server and kept and not both and not is_same_server(kept, server):
        said = _(
            "The database name “%(dbname)s” is already used for %(kept)s; this wiki is at "
            "%(server)s. Choose another name, such as “%(dbname)s2”, or update the wiki's URL "
            "in the admin if it has moved."
        )
        told = {"dbname": wiki.dbname, "kept": kept, "server": server}
        yield BadInput("dbname", said % told)


def _other_value(wiki: Wiki, field: str, name: str, given: str) -> Iterator[BadInput]:
    kept = getattr(wiki, field)
    if given and given.lower() != kept.lower():
        said = _(
            "The %(field)s of %(dbname)s is already set to “%(kept)s”, not “%(given)s”. Leave "
            "the field empty, or change it in the admin."
        )
        told = {"dbname": wiki.dbname, "field": name, "kept": kept, "given": given}
        yield BadInput(field, said % told)
