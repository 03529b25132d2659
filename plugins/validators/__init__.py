"""Validators: what an auditor would flag."""
