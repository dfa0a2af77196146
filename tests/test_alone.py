"""A second server on a data folder is told of the first."""

from pathlib import Path

import pytest

from threads.management.alone import serving_in


def test_a_second_server_on_a_folder_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving_in(tmp_path):
        assert not caplog.messages
        with serving_in(tmp_path):
            assert caplog.messages == [
                f"Another server runs on {tmp_path}: check that this is meant."
            ]
    caplog.clear()
    with serving_in(tmp_path), serving_in(tmp_path / "not there"):
        assert not caplog.messages
