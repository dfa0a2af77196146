"""Wikis: where they are, and how their pages are to be read."""

import re
from typing import Self
from urllib.parse import quote, urlencode

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The servers of Wikimedia's own wikis; its test sites are elsewhere.
WIKIMEDIA = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*(?:wiki(?:pedia|media|mediafoundation|data|books|news|quote|source"
    r"|versity|voyage|functions)|wiktionary|mediawiki)\.org(?::[0-9]+)?/?",
    re.IGNORECASE,
)

# How a page is called here whose title another one has on the wiki; see threads/store/moves.py.
_ASIDE = re.compile(r" \[(?:page (?P<number>[0-9]+)|earlier page [0-9]+)\]\Z")


def title_on_wiki(title: str) -> str:
    """What leads to a page on its wiki: its title, or the special page that finds it by its number
    where another one has its title; "" where nothing does."""
    aside = _ASIDE.search(title)
    if aside is None:
        return title
    return f"Special:Redirect/page/{aside['number']}" if aside["number"] else ""


def is_wikimedias(server: str) -> bool:
    """Whether the server is one of Wikimedia's; in: as in “https://meta.wikimedia.org”."""
    return WIKIMEDIA.fullmatch(server) is not None


class WikiQuerySet(models.QuerySet["Wiki"]):
    """What can be asked of wikis."""

    def settled(self) -> Self:
        """All but those of which there is nothing but records of previews, or of imports that
        brought nothing. What an admin made is settled."""
        runs = apps.get_model("threads", "ImportRun").objects.filter(wiki=models.OuterRef("pk"))
        rules = apps.get_model("threads", "PrivacyRule").objects.filter(wiki=models.OuterRef("pk"))
        return self.filter(
            models.Exists(self._pages())
            | models.Exists(rules)
            | models.Exists(runs.binding())
            | ~models.Exists(runs.with_settings())
        )

    def forget_unsettled(self, **which: str) -> None:
        """Delete those that are not settled, with their records; in: a filter."""
        unsettled = self.filter(**which).exclude(pk__in=self.model.objects.settled().values("pk"))
        keys = list(unsettled.values_list("pk", flat=True))
        apps.get_model("threads", "ImportRun").objects.filter(wiki__in=keys).delete()
        self.model.objects.filter(pk__in=keys).delete()

    def with_pages(self) -> Self:
        """Those that have any."""
        return self.filter(models.Exists(self._pages()))

    def with_totals(self) -> Self:
        """Those that have pages, with their `totals`, and from when their comments are:
        `first_at`, `last_at`."""
        pages = self._pages()
        first = pages.filter(first_comment_at__isnull=False).order_by("first_comment_at")
        last = pages.filter(last_comment_at__isnull=False).order_by("-last_comment_at")
        return (
            self.filter(totals__pages__gt=0)
            .select_related("totals")
            .annotate(
                first_at=models.Subquery(first.values("first_comment_at")[:1]),
                last_at=models.Subquery(last.values("last_comment_at")[:1]),
            )
        )

    @staticmethod
    def _pages() -> models.QuerySet[models.Model]:
        """The talk pages of the wiki that is asked about."""
        pages = apps.get_model("threads", "TalkPage").objects
        return pages.filter(wiki=models.OuterRef("pk"))


class Wiki(models.Model):
    """A MediaWiki site."""

    dbname = models.CharField(
        _("database name"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9][a-z0-9_-]*\Z")],
        help_text=_("For example “metawiki”. Part of every URL; cannot be changed later."),
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Name shown to readers, for example “Meta-Wiki”."),
    )
    language = models.CharField(
        _("content language"),
        max_length=35,
        default="en",
        help_text=_("Language code. Used to recognize dates and user links."),
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        help_text=_("Time zone of signatures, for example “UTC” or “Europe/Berlin”."),
    )
    server = models.URLField(
        _("URL"),
        blank=True,
        help_text=_(
            "For example “https://meta.wikimedia.org”. Leave empty for no links to the wiki."
        ),
    )
    article_path = models.CharField(
        _("article path"),
        max_length=200,
        default="/wiki/$1",
        help_text=_("“$1” is replaced by the title ($wgArticlePath)."),
    )
    script_path = models.CharField(
        _("script path"),
        max_length=200,
        default="/w/index.php",
        help_text=_("Path of index.php; used for edit links ($wgScript)."),
    )
    api_url = models.URLField(
        _("API URL"),
        blank=True,
        help_text=_("URL of api.php; used for live imports."),
    )
    namespaces = models.JSONField(
        _("namespaces"),
        default=dict,
        blank=True,
        help_text=_("Namespaces reported by the wiki (read-only)."),
    )
    profile = models.JSONField(
        _("signature profile"),
        default=dict,
        blank=True,
        help_text=_(
            "JSON. Differences from the language's defaults: date formats, namespaces, "
            "templates. See docs/parser.md."
        ),
    )

    positions_shown = models.BooleanField(
        _("show positions"),
        null=True,
        blank=True,
        help_text=_(
            "Who supports or opposes what, detected in comments. Automatic: shown in languages "
            "whose words for it were checked on real pages."
        ),
    )
    decisions_shown = models.BooleanField(
        _("show decisions"),
        null=True,
        blank=True,
        help_text=_(
            "Which topics were decided, detected on talk pages. Automatic: shown in languages "
            "whose words for it were checked on real pages."
        ),
    )

    noindex = models.BooleanField(
        _("hide from search engines"),
        default=False,
        db_default=False,
        help_text=_(
            "Search engines are asked not to show the wiki's pages and authors; readers see them "
            "as before."
        ),
    )

    objects = WikiQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiki")
        verbose_name_plural = _("wikis")
        ordering = ["dbname"]
        constraints = [
            models.CheckConstraint(condition=~Q(dbname=""), name="wiki_dbname_given"),
            models.CheckConstraint(condition=~Q(language=""), name="wiki_language_given"),
        ]

    def __str__(self) -> str:
        return self.name or self.dbname

    @property
    def told_apart(self) -> str:
        """Its name with its database name, which no other wiki has."""
        return f"{self.name} ({self.dbname})" if self.name else self.dbname

    @property
    def known_as(self) -> str:
        """By what the tables of Wikimedia's wikis know it: its database name, unless it is
        somewhere else, where such a name says nothing. Then it is its address, which no table
        has, and which ends as no name does.
        """
        if not self.server or is_wikimedias(self.server):
            return self.dbname
        return f"{self.server}/"

    def url_for(self, title: str) -> str:
        """The address of a page on the wiki itself, or "" where the server is not known."""
        title = title_on_wiki(title)
        if not (self.server and title):
            return ""
        path = quote(title.replace(" ", "_"), safe="/:@!$*(),;~")
        return self.server + self.article_path.replace("$1", path)

    def edit_url_for(self, title: str, section: int) -> str:
        """The address of a section's edit form on the wiki, or ""."""
        return self._acting_on(title, action="edit", section=section)

    def history_url_for(self, title: str) -> str:
        """The address of a page's list of versions and their authors on the wiki, or ""."""
        return self._acting_on(title, action="history")

    def _acting_on(self, title: str, **action: str | int) -> str:
        aside = _ASIDE.search(title)
        if not self.server or (aside and not aside["number"]):
            return ""
        page = {"curid": aside["number"]} if aside else {"title": title.replace(" ", "_")}
        return f"{self.server}{self.script_path}?{urlencode(page | action)}"

    def change_url_for(self, number: int | None) -> str:
        """The address of what one version of a page changed, by its revision id, or ""."""
        if not (self.server and number):
            return ""
        return f"{self.server}{self.script_path}?{urlencode({'diff': number})}"

    def version_url_for(self, number: int | None) -> str:
        """The address of one version of a page on the wiki, by its revision id, or ""."""
        if not (self.server and number):
            return ""
        return f"{self.server}{self.script_path}?{urlencode({'oldid': number})}"
