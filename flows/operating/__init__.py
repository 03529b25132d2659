"""Prefect's server and worker for one machine, and what is deployed there."""
