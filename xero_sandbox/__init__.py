"""A stand-in for Xero that can misbehave."""
