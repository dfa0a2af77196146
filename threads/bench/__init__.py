"""What reading and searching cost in archives of any size: `manage.py bench_reader`.

dumps.py      dumps of made-up talk pages
archives.py   archives made from them, each in a database of its own
addresses.py  which of their pages are asked for
timing.py     what a request costs
"""
