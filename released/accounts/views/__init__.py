"""Signing in, and choosing the account to work in."""
