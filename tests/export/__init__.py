"""Exports: loaded again, and read by what other programs read them with."""
