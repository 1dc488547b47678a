"""The accounting API: docs/xero.md C."""
