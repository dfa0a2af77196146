"""One way to do each thing that the admin lets staff do, by the name of its view or action."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import reverse

from tests.ingest.exports import export, page
from threads.export import Selection
from threads.export.background import runs as exports
from threads.ingest.repairing import make_repair
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import (
    Author,
    Collection,
    Comment,
    ExportRun,
    ImportRun,
    Repair,
    Revision,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.models.runs.run import State
from threads.privacy import save_rule, take_down_comment

TEXT = (
    "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n"
    "Yes. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n\nLoose end.\n"
)
BY_DAG = {"kind": "author", "step": "save", "author-author": "Dag", "author-is_new": "on"}
ADDED: dict[str, dict[str, Any]] = {
    "auth_group": {"name": "lamplighters"},
    "auth_user": {
        "username": "dag",
        "usable_password": "true",
        "password1": "lamp-oil-7",
        "password2": "lamp-oil-7",
    },
    "threads_wiki": {
        "dbname": "newwiki",
        "name": "New",
        "language": "en",
        "timezone": "UTC",
        "profile": "{}",
        "article_path": "/wiki/$1",
        "script_path": "/w/index.php",
    },
    "threads_collection": {
        "title": "Oil",
        "slug": "oil",
        "entries-TOTAL_FORMS": 0,
        "entries-INITIAL_FORMS": 0,
    },
}
CHANGED = {
    "auth_user": {
        "username": "ben",
        "first_name": "Ben",
        "date_joined_0": "2019-05-01",
        "date_joined_1": "10:00",
    },
}


def fill() -> None:
    """One row, at least, of whatever can be changed."""
    wiki = Wiki.objects.create(dbname="lanternwiki")
    Wiki.objects.create(dbname="emptywiki")
    start_run(wiki, paste(TEXT, wiki=wiki, title="Talk:Lights"))
    Collection.objects.create(title="Lights", slug="lights")
    Group.objects.create(name="readers")
    User.objects.create_user("ben")
    exports.carry_out(exports.open_run(Selection(), "csv"))


def first(label: str) -> Model:
    """The row of this model that is changed or deleted."""
    rows: dict[str, Model] = {
        "auth_group": Group.objects.get(name="readers"),
        "auth_user": User.objects.get(username="ben"),
        "threads_wiki": Wiki.objects.get(dbname="emptywiki"),
        "threads_collection": Collection.objects.get(),
        "threads_talkpage": TalkPage.objects.get(),
        "threads_exportrun": ExportRun.objects.get(),
    }
    return rows[label]


def at(view: str, *arguments: Any) -> str:
    return reverse(f"admin:{view}", args=arguments)


def add(client: Client, label: str) -> None:
    client.post(at(f"{label}_add"), ADDED[label])


def change(client: Client, label: str) -> None:
    given = {**ADDED[label], **CHANGED.get(label, {})}
    client.post(at(f"{label}_change", first(label).pk), given)


def delete(client: Client, label: str) -> None:
    client.post(at(f"{label}_delete", first(label).pk), {"post": "yes"})


def act(client: Client, label: str, action: str, **given: Any) -> None:
    chosen = {"action": action, "_selected_action": [first(label).pk], "post": "yes"}
    client.post(at(f"{label}_changelist"), {**chosen, **given})


def delete_selected(client: Client, label: str) -> None:
    act(client, label, "delete_selected")


def import_page(client: Client) -> None:
    wiki = Wiki.objects.get(dbname="lanternwiki")
    given = {"step": "save", "wiki": wiki.pk, "title": "Talk:Oil", "text": TEXT}
    client.post(at("threads_talkpage_add"), given)


def import_dump(client: Client) -> None:
    file = SimpleUploadedFile("export.xml", export(page("Talk:Oil", TEXT)).encode())
    client.post(f"{at('threads_talkpage_add')}?from=dump", {"file": file})


def press(button: str, state: State, *, dry: bool) -> Callable[[Client], None]:
    """A button on the page of an import that is in this state."""

    def do(client: Client) -> None:
        run = open_run(Wiki.objects.get(dbname="lanternwiki"), "dump", {}, dry=dry)
        ImportRun.objects.filter(pk=run.pk).update(state=state)
        client.post(at("threads_importrun_change", run.pk), {"do": button})

    return do


def start_export(client: Client) -> None:
    client.post(at("threads_exportrun_add"), {"format": "csv"})


def cancel_export(client: Client) -> None:
    run = exports.open_run(Selection(), "csv")
    client.post(at("threads_exportrun_change", run.pk), {"do": "cancel"})


def download_export(client: Client) -> None:
    list(client.get(at("threads_exportrun_file", first("threads_exportrun").pk)))  # all of it


def _by_ben() -> Comment:
    return Comment.objects.current().get(author__name="Ben")


def correct(client: Client) -> None:
    client.post(reverse("correct", args=["comment", _by_ben().pk]), BY_DAG)


def undo(client: Client) -> None:
    make_repair(_by_ben(), "author", {"author": "Dag", "timestamp": ""})
    made = Repair.objects.get()
    comment = Comment.objects.current().get(author__name="Dag")
    client.post(reverse("correct", args=["comment", comment.pk]), {"undo": made.pk})


def undo_chosen(client: Client) -> None:
    make_repair(_by_ben(), "author", {"author": "Dag", "timestamp": ""})
    chosen = {"action": "undo", "_selected_action": [Repair.objects.get().pk], "post": "yes"}
    client.post(at("threads_repair_changelist"), chosen)


def correct_unsigned(client: Client) -> None:
    text = UnsignedText.objects.current().get()
    client.post(reverse("correct", args=["unsigned", text.pk]), BY_DAG)


def read_again(client: Client) -> None:
    act(client, "threads_talkpage", "read_again")


def collect(client: Client) -> None:
    collection = Collection.objects.get().pk
    act(client, "threads_talkpage", "put_into_collection", collection=collection)


def hide(client: Client) -> None:
    act(client, "threads_talkpage", "hide_from_engines")


def show(client: Client) -> None:
    TalkPage.objects.update(noindex=True)
    act(client, "threads_talkpage", "show_to_engines")


def take_down(what: str, find: Callable[[], Model], **given: Any) -> Callable[[Client], None]:
    """The form of a privacy rule about something, to its last step."""

    def do(client: Client) -> None:
        address = f"{at('threads_privacyrule_add')}?what={what}&of={find().pk}"
        client.post(address, {"step": "save", "reason": "Asked for.", **given})

    return do


def with_rule(action: str) -> Callable[[Client], None]:
    """An action on a privacy rule that holds."""

    def do(client: Client) -> None:
        rule = save_rule(take_down_comment(_by_ben()), reason="Asked for.")
        chosen = {"action": action, "_selected_action": [rule.pk], "post": "yes"}
        client.post(at("threads_privacyrule_changelist"), chosen)

    return do


def set_password(client: Client) -> None:
    given = {key: ADDED["auth_user"][key] for key in ("password1", "password2")}
    given["usable_password"] = "true"
    client.post(at("auth_user_password_change", first("auth_user").pk), given)


def change_own_password(client: Client) -> None:
    given = {"old_password": "password", "new_password1": "lamp-oil-7"}
    client.post(at("password_change"), given | {"new_password2": "lamp-oil-7"})


def for_model(what: Callable[[Client, str], None], label: str) -> Callable[[Client], None]:
    return lambda client: what(client, label)


Deed = Callable[[Client], None]
DEEDS: dict[str, list[Deed]] = {
    **{f"{label}_{do.__name__}": [for_model(do, label)] for label in ADDED for do in (add, change)},
    **{
        f"{label}_{do.__name__}": [for_model(do, label)]
        for label in (*ADDED, "threads_talkpage", "threads_exportrun")
        for do in (delete, delete_selected)
    },
    "threads_talkpage_add": [import_page, import_dump],
    "threads_importrun_change": [
        press("cancel", State.RUNNING, dry=False),
        press("cancel", State.QUEUED, dry=False),
        press("resume", State.FAILED, dry=False),
        press("see", State.FAILED, dry=False),
        press("import", State.DONE, dry=True),
    ],
    "threads_exportrun_add": [start_export],
    "threads_exportrun_change": [cancel_export],
    "threads_exportrun_file": [download_export],
    "correct": [correct, undo, correct_unsigned],
    "threads_repair_undo": [undo_chosen],
    "threads_privacyrule_add": [
        take_down("author", lambda: Author.objects.get(name="Ben"), kind="rename", new_name="Bo"),
        take_down("comment", _by_ben),
        take_down("revision", Revision.objects.get),
        take_down("page", TalkPage.objects.get),
        take_down("wiki", lambda: Wiki.objects.get(dbname="lanternwiki")),
    ],
    "threads_privacyrule_undo": [with_rule("undo")],
    "threads_privacyrule_apply_again": [with_rule("apply_again")],
    "threads_talkpage_read_again": [read_again],
    "threads_talkpage_put_into_collection": [collect],
    "threads_talkpage_hide_from_engines": [hide],
    "threads_talkpage_show_to_engines": [show],
    "auth_user_password_change": [set_password],
    "password_change": [change_own_password],
}
# Each deed, as the name and its number there: for tests of all of them.
EACH = [(name, number) for name, deeds in DEEDS.items() for number in range(len(deeds))]


@contextmanager
def undone_after(user: User) -> Iterator[Client]:
    """Somebody who has come in, whose deeds are undone after: one archive serves for all."""
    with transaction.atomic(), TemporaryDirectory() as folder:
        data = copytree(settings.DATA_DIR, Path(folder, "data"))
        with override_settings(DATA_DIR=data):
            cache.clear()
            client = Client()
            client.force_login(user)
            yield client
        transaction.set_rollback(True)
