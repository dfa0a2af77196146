"""The groups that a new archive has, for accounts that are to do one kind of work.

What is looked at in `threads/admin/` is told by its permissions: importing, resuming and reading
again by that to add talk pages, exporting by that to add exports, corrections by that to add one,
a takedown by that to add a privacy rule or to delete pages.
"""

from django.contrib.auth.models import Group, Permission

COLLECTING = tuple(
    f"{what}_{model}"
    for model in ("collection", "collectionpage")
    for what in ("add", "change", "delete")
)
EXPORTING = ("add_exportrun", "delete_exportrun")
ROLES = {
    "importer": ("add_talkpage", "add_wiki", "change_wiki", *EXPORTING, *COLLECTING),
    "editor": ("add_repair", *COLLECTING),
    "privacy": ("delete_talkpage", "add_privacyrule", "view_privacyrule"),
}
# These rows have what is not to be shown: not everybody who looks at the archive looks at them.
WITHHELD = ("view_privacyrule", "view_withheld", "view_withheldpage")


def make_roles() -> list[str]:
    """Make the groups that are missing; those that are there stay as they are. Out: the new ones.

    Each may look at all tables of the archive, but for what is withheld.
    """
    made = []
    ours = Permission.objects.filter(content_type__app_label="threads")
    for name, permissions in ROLES.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            looking = ours.filter(codename__startswith="view_").exclude(codename__in=WITHHELD)
            group.permissions.set(looking | ours.filter(codename__in=permissions))
            made.append(name)
    return made
