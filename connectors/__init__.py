"""What brings documents in: sources that list and fetch, readers that turn bytes into text."""
