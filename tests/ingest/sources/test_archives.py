"""Which subpages hold older discussions, in whatever language."""

import pytest

from threads.ingest.sources.archives import is_archive

ARCHIVES = """
    Talk:Oil/Archive 1
    Talk:Oil/Archive1
    Talk:Oil/archive_2019
    Talk:Oil/Archives/2019/May
    Talk:Oil/2006-2007 archive
    Talk:Oil/Archived discussions
    Talk:Oil/Archiv/2020
    Talk:Oil/Архив 3
    Talk:Oil/過去ログ1
    Talk:Oil/旧過去ログ
    Talk:Oil/存档2
    Talk:Oil/أرشيف 1
    Talk:Oil/ארכיון 7
    Talk:Oil/ARŞIV 1
"""
OTHERS = """
    Talk:Oil
    Talk:Oil/Prices
    Talk:Oil/Archiver bots
    Talk:Oil/Archivist
    Talk:Oil Archive 1
    Talk:Lamps/Archive 1
    Talk:Oil/
"""


def lines(text: str) -> list[str]:
    return [line.strip().replace("_", " ") for line in text.strip().splitlines()]


@pytest.mark.parametrize("title", lines(ARCHIVES))
def test_archives_are_known_by_their_names(title: str) -> None:
    assert is_archive(title, "Talk:Oil")


@pytest.mark.parametrize("title", lines(OTHERS))
def test_other_pages_are_not(title: str) -> None:
    assert not is_archive(title, "Talk:Oil")


def test_pages_below_an_archive_index_are_archives_of_the_page() -> None:
    assert is_archive("Diskussion:Öl/Archiv/2019/Mai", "Diskussion:Öl")
