"""Runs only where a machine has Xero's specification and says where: nothing of it is kept here."""

import os

collect_ignore_glob = [] if os.environ.get("XERO_SPECIFICATION") else ["test_*.py"]
