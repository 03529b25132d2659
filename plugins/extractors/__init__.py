"""Extractors: what finds statements in documents."""
