"""Imports: a source's revisions are parsed, stored and recorded, in whole pages.

runner.py          imports begun and carried on; what one page's import would bring
lifecycle.py       a run's life: opened, held by one process, given up, ended
heartbeat.py       signs of life of a run that has nothing to tell for long
stream.py          a source's revisions in sequence, in batches, and ahead of what writes
parse_job.py       parsing as a job for another process
parser_pool.py     where that is done: here, in other processes, on a cluster
cluster.py         a Dask cluster, which may be away for a while
parsing.py         the parsing of a run's revisions: submitted, and waited for
redacting.py       revisions as the privacy rules of their wiki leave them
recording.py       one page stored and recorded in one transaction
counts.py          what became of the comments, in words
bulk_recording.py  many new pages stored and recorded in one transaction
"""
