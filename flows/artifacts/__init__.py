"""What Prefect's pages show of a yearly run: counted without Prefect, put there by `posting` alone."""
