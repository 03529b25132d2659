"""Regions: one module a region, with a profile beside it."""
