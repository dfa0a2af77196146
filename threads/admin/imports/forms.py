"""What an import of many pages is given: a dump, or a live wiki and which of its pages.

Once such a form is valid, `target` is the wiki, which may be new and unsaved, `said` what
there is to say of it, and `parameters` what makes the source of its `kind`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from threads.forms import AddressField, WideField
from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.files.uploads import keep_upload
from threads.ingest.sources import dump, live_wiki
from threads.ingest.sources.kinds import SourceKind
from threads.ingest.sources.listing import PageChoice, split_title
from threads.ingest.sources.overview import TalkNamespace, talk_namespaces
from threads.ingest.wikis.discovery import FINDING, title_in, wiki_at
from threads.ingest.wikis.siteinfo import wiki_of
from threads.ingest.wikis.target import found_or_new
from threads.models import Wiki

WIKI = (_("Wiki settings (advanced)"), {"fields": [("dbname", "timezone")]})


class ManyPagesForm(forms.Form):
    """What all of them have in common."""

    kind: ClassVar[SourceKind]
    slug: ClassVar[str]  # in the form's address
    fieldsets: ClassVar[Any]  # as for Django's admin

    history = forms.BooleanField(
        required=False,
        label=_("Import all revisions"),
        help_text=_("Records when each comment was added, edited and removed. Takes much longer."),
    )
    dbname = forms.CharField(
        required=False,
        label=_("Database name"),
        help_text=_(
            "Name in this archive, for example “metawiki”. Leave empty to use the wiki's own "
            "database name."
        ),
    )
    timezone = forms.CharField(
        required=False,
        label=_("Time zone"),
        help_text=_(
            "Time zone of signatures, for example “Europe/Berlin”. Leave empty to use the "
            "wiki's setting."
        ),
    )

    target: Wiki
    said: list[str]
    parameters: dict[str, Any]
    total: int | None = None  # what there is to do, as the source counts it, where that is known
    found: Sequence[TalkNamespace] = ()  # what there is to choose, where nothing was chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_wiki(cleaned)
        if not self.errors:
            try:
                self.find_source(cleaned)
            except BadInput as error:
                self.add_error(error.field if error.field in self.fields else None, str(error))
            except SourceBroke as error:
                self.add_error(None, str(error))
        return cleaned

    def _check_wiki(self, given: dict[str, Any]) -> None:
        """What is wrong with what was said of the wiki is told beside what else is wrong."""
        name, zone = given.get("dbname", ""), given.get("timezone", "")
        for fault in found_or_new(name, timezone=zone)[1] if name or zone else ():
            if given.get(fault.field):
                self.add_error(fault.field, str(fault))

    def find_source(self, given: dict[str, Any]) -> None:
        """Set `target`, `said` and `parameters`, or else `found`. Raises BadInput and
        SourceBroke."""
        raise NotImplementedError


class DumpForm(ManyPagesForm):
    """A file of MediaWiki's XML."""

    kind = dump.KIND
    slug = "dump"
    fieldsets = [(None, {"fields": ["file", "history", "project"]}), WIKI]

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XML from Special:Export or a dump, optionally compressed (.gz, .bz2, .zst, .7z)."
        ),
    )
    project = forms.BooleanField(
        required=False,
        label=_("Include signed project pages"),
        help_text=_("Pages in the “Project:” namespace that contain signatures."),
    )

    def find_source(self, given: dict[str, Any]) -> None:
        path = keep_upload(given["file"])
        try:
            self.target, self.said = wiki_of(
                dump.dump_info([path]), dbname=given["dbname"], timezone=given["timezone"]
            )
            chosen = {"history": given["history"], "project": given["project"]}
            source = dump.dump([path], wiki=self.target, **chosen)
            self.parameters, self.total = dict(source.parameters), source.total
        except (BadInput, SourceBroke):
            path.unlink()
            raise


class TitlesField(forms.MultipleChoiceField):
    """Any titles; whether the wiki has them, it says itself."""

    def valid_value(self, value: Any) -> bool:
        return True


class LiveWikiForm(ManyPagesForm):
    """A wiki on the web, and which of its pages."""

    kind = live_wiki.KIND
    slug = "live"
    fieldsets = [
        (None, {"fields": ["url"]}),
        (
            _("Pages to import"),
            {"fields": ["titles", "begins_with", "category", "subpages", "archives", "history"]},
        ),
        WIKI,
    ]

    url = AddressField(
        label=_("Wiki URL"),
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=_("URL of the wiki or of one of its pages."),
    )
    titles = forms.CharField(
        required=False,
        label=_("Page titles"),
        widget=AdminTextareaWidget(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("One per line. Leave empty to import the page at the URL above."),
    )
    begins_with = WideField(
        required=False,
        strip=False,
        label=_("Title prefix"),
        help_text=_("For example “Talk:Strategy/”."),
    )
    category = WideField(
        required=False,
        label=_("Category"),
        help_text=_("Imports all pages in this category."),
    )
    subpages = forms.BooleanField(
        required=False,
        label=_("Include subpages"),
        help_text=_("Subpages of all pages selected above."),
    )
    archives = forms.BooleanField(
        required=False,
        label=_("Include archive subpages"),
        help_text=_("Subpages with older discussions, for example “/Archive 1”."),
    )

    # Of what was found, which pages and which namespace; the template offers them.
    picked = TitlesField(required=False)
    all_of = forms.CharField(required=False, strip=False)

    def find_source(self, given: dict[str, Any]) -> None:
        named = {"dbname": given["dbname"], "timezone": given["timezone"]}
        self.target, self.said = wiki_at(given["url"], **named)
        lines = [line.strip() for line in given["titles"].splitlines()]
        titles = [*given["picked"], *filter(None, lines)]
        prefix = given["begins_with"] or given["all_of"]
        if not (titles or prefix or given["category"]):
            titles = self._at_address(given["url"])
        if not titles and not prefix and not given["category"]:
            self._find_pages(given["url"])
            return
        options = {name: given[name] for name in ("subpages", "archives", "history")}
        self.parameters = asdict(PageChoice(titles, prefix, given["category"], **options))
        if not (prefix or given["category"] or given["subpages"] or given["archives"]):
            self.total = len(set(titles))

    def _at_address(self, url: str) -> list[str]:
        """The page that an address shows; none for a wiki's main page and others without a
        namespace, which are offered with what else the wiki has."""
        title = title_in(url, self.target)
        return [title] if split_title(title, self.target)[0] > 0 else []

    def _find_pages(self, url: str) -> None:
        """Raises BadInput where there is nothing to choose."""
        self.found = talk_namespaces(self.target, FINDING)
        if (title := title_in(url, self.target)) and split_title(title, self.target)[0] == 0:
            self.found = [TalkNamespace("", [title], has_more=False), *self.found]
        if not self.found:
            said = _("This wiki has no talk pages. Enter the titles of pages with discussions.")
            raise BadInput("titles", str(said))


# By slug, in the order in which the admin offers them.
FORMS: dict[str, type[ManyPagesForm]] = {form.slug: form for form in (DumpForm, LiveWikiForm)}
