"""The tests: unit (no database), integration (real servers), browser (Chromium), house (its rules)."""
