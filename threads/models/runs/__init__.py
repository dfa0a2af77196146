"""Imports and exports, and what became of them.

run.py      what imports and exports have in common
imports.py  imports, and what became of each of their pages
exports.py  exports, and how far each has come
"""
