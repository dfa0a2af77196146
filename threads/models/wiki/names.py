"""What users' names tell of them."""

import re

# “MiszaBot”, “ClueBot NG”, “Lowercase sigmabot III”, “CommonsDelinkerBot 2”, “ArchivBot~dewiki”.
_BOT = re.compile(r"bot(?:[ _-]?(?:[ivx]+|ng|[0-9]+))?(?:~\w+)?\Z", re.IGNORECASE)


def is_bot(name: str) -> bool:
    """Whether a name ends as those of bots do; some people's do too."""
    return _BOT.search(name) is not None
