"""A mail catcher: takes every mail by SMTP, delivers none, shows them on a page and as JSON."""
