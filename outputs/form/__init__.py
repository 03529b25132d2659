"""A bureau's own form, filled in place: its header cells name indicators, its rows name issuers."""

from outputs.form.filling import Filled, Unplaced, fill_form

__all__ = ["Filled", "Unplaced", "fill_form"]
