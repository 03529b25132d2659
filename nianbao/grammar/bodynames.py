"""How the names of places and of the bodies that govern them end: pieces of expressions, in their one home.

Whoever looks for such names (in titles, signatures, openings, tables, rosters) builds on these, and adds only
what is his own.
"""

from __future__ import annotations

# Alternatives, to be put in a group.
TOWNS = "镇|乡|街道|苏木"
OFFICES = "人民政府|街道办事处|地区办事处|办事处|管理委员会|管委会|行政公署|行署|政府"
# Characters, to be put in a class.
UPPERS = "省市县区旗州盟"
