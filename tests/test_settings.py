"""What the settings make of the machine they find."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from talkarchive import settings
from talkarchive.bootstrap import BASE_DIR


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    key = settings.secret_key(tmp_path)
    assert len(key) >= 50
    assert settings.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert settings.secret_key(tmp_path) != settings.secret_key(tmp_path / "other")


def test_a_data_folder_that_cannot_be_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="TALKARCHIVE_DATA"):
        settings.data_folder(tmp_path / "file" / "data")


def test_manage_says_so_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=BASE_DIR,
        env={**os.environ, "TALKARCHIVE_DATA": str(tmp_path / "file")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The data folder ")
    assert "Traceback" not in done.stderr


def test_pictures_come_from_hosts_only() -> None:
    assert settings.image_hosts([" Meta.wikimedia.org", ""]) == ["meta.wikimedia.org"]
    for wrong in ("https://meta.wikimedia.org", "*", "a.example; script-src *"):
        with pytest.raises(ImproperlyConfigured, match="TALKARCHIVE_IMAGES"):
            settings.image_hosts([wrong])
