"""WSGI entry point: `application` for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkarchive.settings")

application = get_wsgi_application()
# All pages' modules: a server's processes share them, and no first reader waits for them.
_ = get_resolver().url_patterns
