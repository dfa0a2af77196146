"""Moments and days, as they are written and drawn.

calendar.py  days and moments that an address names, and a moment by a zone's clocks
dates.py     how times are written: as on the wiki, in its own zone
clock.py     times of many comments, each day's words made once
charts.py    how many comments there were over time, as bars
"""
