"""Processes that work in the background, on imports and exports, or help.

names.py         what a process is known by to others, and whether it still runs
handing_over.py  work left to the next process, when this one is to end
recovery.py      work whose process was killed, put back for the next one
repeating.py     something done again and again while something else is worked on
children.py      processes that help another one with its work
"""
