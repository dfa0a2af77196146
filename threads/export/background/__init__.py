"""Exports in the background: begun in the admin, written by a worker, kept for a while.

files.py     the folder of their files
runs.py      an export's life: opened, written, ended
watching.py  how far it has come, and whether to stop
tasks.py     exports that wait in the queue
recovery.py  those whose worker was killed
"""
