"""Readers: bytes to documents, one kind of file a module."""
