"""Sources: where filings come from."""
