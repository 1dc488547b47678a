"""Two firms with their people, companies and eighteen months of documents, for the demo and nothing else.

What there is to load is decided by pure functions from the day it is; `load.py` alone writes.
Nothing here is connected to anything: connecting is what the demo is there to show.
"""
