"""Us to Xero: contacts before documents, creates and updates apart, up to 50 a call."""
