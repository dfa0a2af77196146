"""What a dump has that an import does not take: counted, and told with what can be done."""

from collections import Counter
from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

MOST_NAMESPACES = 100  # that are counted apart
MOST_TOLD = 20  # of them that are named
# Pages with discussions that are no wikitext with signatures: LiquidThreads' namespaces and
# Structured Discussions' (mediawiki.org: Extension default namespaces), and the latter's model.
THREADS, SUMMARIES, TOPICS = 90, 92, 2600
FLOW_MODEL = "flow-board"

# By kind, what is said of so many pages.
SAID = {
    "liquidthreads": ngettext_lazy(
        "%(count)s LiquidThreads page was skipped because dumps do not contain its "
        "signature. Convert the discussion to wikitext on the wiki, then export its talk "
        "page.",
        "%(count)s LiquidThreads pages were skipped because dumps do not contain their "
        "signatures. Convert the discussions to wikitext on the wiki, then export their "
        "talk pages.",
        "number",
    ),
    "flow": ngettext_lazy(
        "%(count)s Structured Discussions (Flow) page was skipped because its comments are not "
        "wikitext. Convert it on the wiki with Flow's convertToText.php, then import the talk "
        "page.",
        "%(count)s Structured Discussions (Flow) pages were skipped because their comments are "
        "not wikitext. Convert them on the wiki with Flow's convertToText.php, then import the "
        "talk pages.",
        "number",
    ),
    "unsigned": ngettext_lazy(
        "%(count)s project page without signatures was skipped.",
        "%(count)s project pages without signatures were skipped.",
        "number",
    ),
    "again": ngettext_lazy(
        "%(count)s page has the same title as another page in the dump. They are recorded as one.",
        "%(count)s pages have the same title as another page in the dump. Each pair is "
        "recorded as one.",
        "number",
    ),
}
LOSSES = ("liquidthreads", "flow")  # kinds with which comments may be lost


class LeftOut:
    """Pages of a dump by what became of them, counted.

    In: `name_of` gives a namespace's name, or "". `counts` has all "pages", whether broken or
    not; those "taken", which were given or named as what cannot be; "unsigned" ones, which were
    not; and "places" between pages where the file is broken. All other pages are in `elsewhere`,
    among them those that are counted as "liquidthreads" and "flow"; of the latter, some are taken.
    """

    def __init__(self, name_of: Callable[[int], str]) -> None:
        self._name_of = name_of
        self.counts: Counter[str] = Counter()
        self.elsewhere: Counter[int | None] = Counter()  # by namespace; None: any other

    @property
    def loses(self) -> bool:
        return any(self.counts[kind] for kind in LOSSES)

    def clear(self) -> None:
        """The dump is read from its beginning."""
        self.counts.clear()
        self.elsewhere.clear()

    def leave(self, namespace: int, model: str) -> None:
        """Count a page that is not taken, by its namespace and its content's model."""
        if namespace in (THREADS, SUMMARIES):
            self.counts["liquidthreads"] += 1
        elif namespace == TOPICS or model == FLOW_MODEL:
            self.counts["flow"] += 1
        self._count_elsewhere(namespace)

    def refuse(self, model: str) -> None:
        """Count a page that is named as what cannot be taken, by its content's model."""
        self.counts["flow"] += model == FLOW_MODEL

    def _count_elsewhere(self, namespace: int) -> None:
        known = namespace in self.elsewhere or len(self.elsewhere) < MOST_NAMESPACES
        self.elsewhere[namespace if known else None] += 1

    def told(self, recorded: int, *, ended: bool) -> list[str]:
        if not (ended or self.counts["pages"]):
            return []
        again = self.counts["taken"] + self.counts["places"] - recorded if ended else 0
        counts = {**self.counts, "again": again}
        others = self._others()
        return [*([others] if others else []), *_told(counts)]

    def _others(self) -> str:
        count = self.elsewhere.total()
        pages = self.counts["pages"]
        facts = {"all": grouped(pages), "count": grouped(count), "where": self._where()}
        if not pages:
            return _(
                "The dump contains no pages. Use a dump with content, such as “pages-meta-current”."
            )
        if count == pages:
            return (
                ngettext(
                    "No talk pages found. The dump contains %(all)s page, in another namespace "
                    "(%(where)s). Use a dump with talk pages, such as “pages-meta-current”.",
                    "No talk pages found. The dump contains %(all)s pages, all in other namespaces "
                    "(%(where)s). Use a dump with talk pages, such as “pages-meta-current”.",
                    pages,
                )
                % facts
            )
        if count:
            return (
                ngettext(
                    "%(count)s of %(all)s pages in the dump is not a talk page (by namespace: "
                    "%(where)s).",
                    "%(count)s of %(all)s pages in the dump are not talk pages (by namespace: "
                    "%(where)s).",
                    count,
                )
                % facts
            )
        return ""

    def _where(self) -> str:
        """As in “0: 1,200, 4 Lanternwiki: 12”."""
        named = self.elsewhere.most_common(MOST_TOLD)
        told = [f"{self._label(number)}: {grouped(count)}" for number, count in named]
        if rest := self.elsewhere.total() - sum(count for _number, count in named):
            told.append(_("others") + f": {grouped(rest)}")
        return ", ".join(told)

    def _label(self, number: int | None) -> str:
        return _("others") if number is None else f"{number} {self._name_of(number)}".strip()


class Boards:
    """Pages of Structured Discussions on a live wiki, counted."""

    def __init__(self) -> None:
        self.count = 0

    @property
    def loses(self) -> bool:
        return self.count > 0

    def told(self, recorded: int, *, ended: bool) -> list[str]:
        return _told({"flow": self.count})


def _told(counts: Mapping[str, int]) -> list[str]:
    found = {kind: counts[kind] for kind in SAID if counts.get(kind, 0) > 0}
    return [SAID[kind] % {"number": n, "count": grouped(n)} for kind, n in found.items()]


def grouped(number: int) -> str:
    """As in “1,203”."""
    return number_format(number, use_l10n=True, force_grouping=True)
