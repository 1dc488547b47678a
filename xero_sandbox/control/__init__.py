"""The control room, for people and for tests."""
