"""How the names of places and of the bodies that govern them end: pieces of expressions, in their one home.

Whoever looks for such names (in titles, signatures, openings, tables, rosters) builds on these, and adds only
what is his own.
"""

from __future__ import annotations

# Alternatives, to be put in a group.
TOWNS = "镇|乡|街道|苏木"
OFFICES = "人民政府|街道办事处|地区办事处|办事处|管理委员会|管委会|行政公署|行署|政府"
# The ministries of the State Council, and those before the reform of 2018; 支部 and 干部 end so, too.
MINISTRIES = (
    "(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|"
    "生态环境|环境保护|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理)部"
)
# Characters, to be put in a class.
UPPERS = "省市县区旗州盟"
