"""Us to Xero without doubles: saved, sent, settled; replayed or looked up (docs/protocols.md 2)."""
