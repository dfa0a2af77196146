"""What can be told of Wikimedia's wikis from their database names."""

from dataclasses import dataclass

from .languages import UnknownLanguage, language_facts, wiki_timezone

# By the end of the database name: what the wikis are called, and their common domain.
PROJECTS = {
    "wikibooks": ("Wikibooks", "wikibooks.org"),
    "wikinews": ("Wikinews", "wikinews.org"),
    "wikiquote": ("Wikiquote", "wikiquote.org"),
    "wikisource": ("Wikisource", "wikisource.org"),
    "wikiversity": ("Wikiversity", "wikiversity.org"),
    "wikivoyage": ("Wikivoyage", "wikivoyage.org"),
    "wiktionary": ("Wiktionary", "wiktionary.org"),
    "wiki": ("Wikipedia", "wikipedia.org"),
}
# Wikis that are not named for a language.
SINGLE = {
    "betawikiversity": ("Wikiversity Beta", "beta.wikiversity.org"),
    "commonswiki": ("Wikimedia Commons", "commons.wikimedia.org"),
    "foundationwiki": ("Wikimedia Foundation Governance Wiki", "foundation.wikimedia.org"),
    "incubatorwiki": ("Wikimedia Incubator", "incubator.wikimedia.org"),
    "labswiki": ("Wikitech", "wikitech.wikimedia.org"),
    "mediawikiwiki": ("MediaWiki", "www.mediawiki.org"),
    "metawiki": ("Meta-Wiki", "meta.wikimedia.org"),
    "outreachwiki": ("Outreach Wiki", "outreach.wikimedia.org"),
    "simplewiki": ("Simple English Wikipedia", "simple.wikipedia.org"),
    "simplewiktionary": ("Simple English Wiktionary", "simple.wiktionary.org"),
    "sourceswiki": ("Multilingual Wikisource", "wikisource.org"),
    "specieswiki": ("Wikispecies", "species.wikimedia.org"),
    "strategywiki": ("Strategic Planning", "strategy.wikimedia.org"),
    "test2wiki": ("Test Wikipedia 2", "test2.wikipedia.org"),
    "testwiki": ("Test Wikipedia", "test.wikipedia.org"),
    "testwikidatawiki": ("Wikidata Test", "test.wikidata.org"),
    "wikidatawiki": ("Wikidata", "www.wikidata.org"),
    "wikifunctionswiki": ("Wikifunctions", "www.wikifunctions.org"),
    "wikimaniawiki": ("Wikimania", "wikimania.wikimedia.org"),
}


@dataclass(frozen=True, slots=True)
class WikimediaSite:
    """A wiki as Wikimedia has set it up; without name and server where it is not Wikimedia's."""

    name: str = ""
    server: str = ""  # "https://meta.wikimedia.org"
    language: str = "en"
    timezone: str = "UTC"


def site(dbname: str) -> WikimediaSite:
    """What is known of the wiki with this database name."""
    if dbname in SINGLE:
        name, host = SINGLE[dbname]
        return WikimediaSite(name, f"https://{host}", timezone=wiki_timezone(dbname))
    for ending, (project, domain) in PROJECTS.items():
        if not dbname.endswith(ending):
            continue
        code = dbname.removesuffix(ending).replace("_", "-")
        try:
            facts = language_facts(code)
        except UnknownLanguage:
            return WikimediaSite()
        name, server = f"{facts['english']} {project}", f"https://{code}.{domain}"
        return WikimediaSite(name, server, facts["code"], wiki_timezone(dbname))
    return WikimediaSite()
