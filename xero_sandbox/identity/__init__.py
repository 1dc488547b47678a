"""Consent, tokens and connections: docs/xero.md A and B."""
