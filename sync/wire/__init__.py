"""Xero's JSON to our dataclasses and back. Pure, and tolerant: one odd value never loses a page."""
