"""Pictures in a wiki's texts: loaded from the wiki where the settings allow its host.

Stored HTML has a link in a picture's place, with words for it and the file's name.
"""

import re
from html import escape, unescape
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from threads.models import Wiki

_FILE = re.compile(
    r'(<(?P<tag>a|span)(?P<rest>(?: [\w-]+="[^"]*")* data-file="(?P<file>[^"]*)"'
    r'(?: data-width="(?P<width>\d+)")?(?: [\w-]+="[^"]*")*)>)(?P<words>[^<]*)</(?P=tag)>'
)


def with_pictures(html: str, wiki: Wiki) -> str:
    """The HTML with the wiki's pictures, or as it was where they may not be loaded."""
    if " data-file=" not in html or urlsplit(wiki.server).hostname not in settings.IMAGE_HOSTS:
        return html

    def picture(match: re.Match[str]) -> str:
        address = wiki.url_for(f"Special:FilePath/{unescape(match['file'])}")
        width = f' width="{match["width"]}"' if match["width"] else ""
        query = f"?{urlencode({'width': match['width']})}" if match["width"] else ""
        words = escape(unescape(match["words"]))
        return (
            f'{match[1]}<img src="{escape(address + query)}" alt="{words}"{width} loading="lazy" '
            f'referrerpolicy="no-referrer"></{match["tag"]}>'
        )

    return _FILE.sub(picture, html)
