"""Xero to us: reading everything once (docs/protocols.md 3)."""
