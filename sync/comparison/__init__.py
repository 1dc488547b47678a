"""Both sides document by document, since Xero's stamps miss some edits (docs/xero.md C)."""
