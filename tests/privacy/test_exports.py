"""What exports tell of takedowns, and what an archive knows of them that loads one."""

import json
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.export.loaded import emptied
from tests.rows import rows_of
from threads.export import FORMATS, Selection, load
from threads.export.lines import encode
from threads.export.takedowns import takedowns
from threads.models import Author, Comment, PrivacyRule, Revision, Wiki
from threads.privacy import mask_addresses, rename, take_down_comment, take_down_revision

from .archive import NAME, NAMED, SAID, hold
from .crowd import LOOKED_FOR, import_crowd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once")]


def take_down_all(wiki: Wiki) -> None:
    hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
    hold(take_down_comment(Comment.objects.current().filter(text__startswith="The zym")[0]))
    hold(take_down_revision(Revision.objects.get(number=14)))
    hold(mask_addresses(wiki))


def test_takedowns_are_told_without_the_name_and_the_words(wiki: Wiki) -> None:
    take_down_all(wiki)
    told = [json.loads(encode(line)) for line in takedowns()]
    assert [(line["kind"], line["page"], line["revision"]) for line in told] == [
        ("comment", "", None),
        ("mask", "", None),
        ("rename", "", None),
        ("revision", "Talk:Plan", 14),
    ]
    assert {line["reason"] for line in told} == {"Asked for by mail."}
    assert not [word for word in (*NAMED, *SAID) if word in str(told).lower()]


@pytest.mark.any_database
def test_an_archive_that_loads_an_export_is_the_same_under_rules_of_each_kind(wiki: Wiki) -> None:
    import_crowd(wiki)
    for _words, made in LOOKED_FOR.values():
        hold(made(wiki))
    data = b"".join(FORMATS["jsonl"].write(Selection()))
    rows = rows_of(wiki)
    emptied()
    load(BytesIO(data), lambda _done: None)
    assert PrivacyRule.objects.active().filter(kind="mask").exists()
    withheld = Revision.objects.get(number=32)
    assert withheld.withheld_by is not None
    assert (withheld.text, withheld.withheld_by.reason) == ("", "Asked for by mail.")
    assert rows_of(Wiki.objects.get()) == rows
    assert b"".join(FORMATS["jsonl"].write(Selection())) == data


def test_the_sum_of_each_version_is_that_of_what_is_told_of_it(wiki: Wiki) -> None:
    import_crowd(wiki)
    for _words, made in LOOKED_FOR.values():
        hold(made(wiki))
    for key, title in Revision.objects.values_list("pk", "page__title"):
        address = f"/api/v1/wikis/lanternwiki/wikitext/{quote(title)}?key={key}"
        told = Client().get(address).json()
        assert told["sha256"] == sha256(told["content"].encode()).hexdigest(), address


def test_takedowns_since_an_earlier_export_are_listed(wiki: Wiki, tmp_path: Path) -> None:
    earlier, since = tmp_path / "earlier.jsonl", tmp_path / "since.jsonl"
    call_command("export", output=str(earlier), stdout=StringIO())
    hold(mask_addresses(wiki))
    call_command("export", output=str(since), takedowns_since=str(earlier), stdout=StringIO())
    mask, end = map(json.loads, since.read_text().splitlines())
    assert mask["kind"] == "mask"
    assert end == {"type": "end", "lines": {"takedown": 1}}
    call_command(
        "export", output=str(since), force=True, takedowns_since="9999-01-01", stdout=StringIO()
    )
    assert json.loads(since.read_text()) == {"type": "end", "lines": {}}


def test_what_is_no_date_and_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="neither a date"):
        call_command("export", output=str(tmp_path / "x"), takedowns_since="soon")
