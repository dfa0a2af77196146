"""The folder in which pages are kept."""

from pathlib import Path

from talkarchive.caches import WRITES_A_CULL, FolderCache


def test_the_folder_of_pages_does_not_outgrow_its_bound(tmp_path: Path) -> None:
    cache = FolderCache(str(tmp_path), {"OPTIONS": {"MAX_BYTES": 10_000}})
    for number in range(3 * WRITES_A_CULL + 1):
        cache.set(str(number), number.to_bytes(300, "big") + bytes(range(256)) * 3)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert 0 < sum(sizes) <= 10_000 + WRITES_A_CULL * max(sizes)
    assert cache.get(str(3 * WRITES_A_CULL)) is not None
    assert cache.get("0") is None
