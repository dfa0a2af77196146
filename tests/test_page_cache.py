"""The folder in which pages are kept."""

from pathlib import Path

from talkarchive.configuration.caches import LOOKED_AT, FolderCache


def test_the_folder_of_pages_does_not_outgrow_its_bound(tmp_path: Path) -> None:
    cache = FolderCache(str(tmp_path), {"OPTIONS": {"MAX_BYTES": 10_000}})
    held = []
    for number in range(100):
        cache.set(str(number), number.to_bytes(300, "big") + bytes(range(256)) * 3)
        sizes = [path.stat().st_size for path in tmp_path.iterdir()]
        held.append(sum(sizes))
    assert 5_000 < max(held) <= 10_000 * (1 + LOOKED_AT) + max(sizes)
    assert cache.get("99") is not None
    assert cache.get("0") is None
