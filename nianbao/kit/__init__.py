"""The authoring kit: a plugin's scaffold, its conformance suite, its golden reports."""
