"""What `benchmarks/readers.py` is made of."""
