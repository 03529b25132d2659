"""Extractors, validators and regions."""
