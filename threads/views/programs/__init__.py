"""What browsers, machines and search engines ask for.

assets.py   the stylesheet and the scripts
health.py   whether the archive can be read and written, and problems with it
metrics.py  what was answered, for Prometheus
robots.py   what programs may read
"""
