"""Its settings."""

from talkarchive.settings import *  # noqa: F403

ROOT_URLCONF = "tests.faulty.urls"
