"""What is imported by the process that those of a copy are forked from, once for all of them."""

import django
from django.urls import get_resolver

django.setup()
_ = get_resolver().url_patterns
