"""A walk over every address: discovered from the URL configuration, held against one reviewed table.

An address that is missing from `table.py` fails the walk, so a new page cannot open a door unnoticed.
"""
