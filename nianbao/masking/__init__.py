"""What is personal in a text, hidden without moving anything: names, ID card and telephone numbers."""

from nianbao.masking.text import Kind, Span, hide, is_told_in, mask, personal_spans

__all__ = ["Kind", "Span", "hide", "is_told_in", "mask", "personal_spans"]
