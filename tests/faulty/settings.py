"""Its settings."""

from talkarchive.settings import *  # noqa: F403
from talkarchive.settings import LOGGING

ROOT_URLCONF = "tests.faulty.urls"
# On a slow machine the server warns of requests that wait, between the lines that are looked for.
LOGGING["loggers"]["waitress.queue"] = {"level": "ERROR"}
