"""What our accounts, tax types, tracking and contacts are called in Xero (docs/matching.md)."""
