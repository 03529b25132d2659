"""The local web app behind `nianbao serve`: review pages over a store, and the self-check of one report.

Loads Starlette; import it where it is used. Nothing in it opens a path that a request names.
"""
