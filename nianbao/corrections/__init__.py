"""The ledger of corrections: what people entered instead of what was read, held against what is read now."""

from __future__ import annotations

from nianbao.corrections.applying import apply_corrections, current, shown_value
from nianbao.corrections.basis import BASIS_SHEET, Basis, basis_key, edited_figures, read_basis
from nianbao.corrections.binding import Reports, bind
from nianbao.corrections.entering import Prepared, prepare_entries
from nianbao.corrections.evidence import evidence_of, figure_of
from nianbao.corrections.reading import (
    UNSAID,
    WITHDRAWN,
    Entered,
    EnteredList,
    Told,
    corrections_of,
    entered_value,
    read_corrections,
    write_corrections,
)

__all__ = [
    "BASIS_SHEET",
    "UNSAID",
    "WITHDRAWN",
    "Basis",
    "basis_key",
    "edited_figures",
    "read_basis",
    "Entered",
    "EnteredList",
    "Prepared",
    "Reports",
    "Told",
    "apply_corrections",
    "bind",
    "corrections_of",
    "current",
    "entered_value",
    "evidence_of",
    "figure_of",
    "prepare_entries",
    "read_corrections",
    "shown_value",
    "write_corrections",
]
