"""Settings of an archive that does not wait long for a lock, and has no room if it is told so."""

import os
from typing import Any

from talkarchive.settings import *  # noqa: F403
from talkarchive.settings import DATABASES

if os.environ["DATABASE_URL"].startswith("sqlite:"):
    options: Any = DATABASES["default"]["OPTIONS"]
    options["timeout"] = 0.1
    options["init_command"] += os.environ.get("TEST_PRAGMA", "")
