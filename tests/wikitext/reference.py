"""The reference: real talk pages with DiscussionTools' answers, and MediaWiki's timestamps.

They are other people's text, and so no part of the repository; whoever develops the parser
has them in a folder "shared" beside it.
"""

from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"
CORPUS = SHARED / "corpus"
VOTES = SHARED / "votes"
SAMPLES = SHARED / "languages" / "samples.json"
HISTORIC_SAMPLES = SHARED / "languages" / "historic-samples.json"
