"""python -m tests.backups.filling: fill the archive of the environment with some of everything."""

import django
from django.utils.module_loading import import_string

if __name__ == "__main__":
    django.setup()
    import_string("tests.upgrades.archive.make_archive")()
