"""What `benchmarks/mutations.py` is made of: faults of many kinds, planted in texts that have none."""
