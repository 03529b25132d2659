"""The revisions, each in a file `NNNN_what_changes.py`."""
