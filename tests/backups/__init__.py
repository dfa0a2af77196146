"""Backups: made, checked and restored, by real processes on the database that the tests run on."""
