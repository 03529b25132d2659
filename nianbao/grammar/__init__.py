"""The language of the reports: text, numerals, quantities, headings, dates. Pure; offsets are kept."""
