"""The invented reports: a county, towns, a street and departments, each with a habit of its own."""

from __future__ import annotations

from made_reports import Made

_STANDING = {
    ("norms", "made"): "3",
    ("norms", "repealed"): "1",
    ("norms", "valid"): "27",
}

COUNTY = Made(
    "云岫县人民政府2023年政府信息公开工作年度报告.docx",
    "云岫县人民政府2023年政府信息公开工作年度报告",
    "云岫县人民政府",
    2023,
    "全年通过县政府网站公开信息2186条，办理政府信息公开申请17件，均按期答复。",
    disclosed=_STANDING
    | {
        ("licences", "decisions"): "12,846",
        ("penalties", "decisions"): "5317",
        ("compulsion", "decisions"): "208",
        ("charges", "fees"): "1,362.47",
    },
    requests={
        ("received", "person"): "13",
        ("received", "business"): "3",
        ("received", "law"): "1",
        ("carried", "person"): "2",
        ("granted", "person"): "6",
        ("granted", "business"): "2",
        ("partly", "person"): "3",
        ("third_party", "business"): "1",
        ("process", "person"): "1",
        ("not_held", "person"): "2",
        ("not_held", "law"): "1",
        ("repeated", "person"): "1",
        ("left", "person"): "2",
    },
    suits={("review", "upheld"): "2", ("review", "pending"): "1", ("direct", "upheld"): "1"},
)
TOWN = Made(
    "石泉埠镇2023年政府信息公开工作年度报告.html",
    "云岫县石泉埠镇人民政府2023年政府信息公开工作年度报告",
    "云岫县石泉埠镇人民政府",
    2023,
    "全年公开各类信息164条，其中政策文件21条。",
    disclosed={("licences", "decisions"): "37", ("penalties", "decisions"): "4"},
    requests={
        ("received", "person"): "2",
        ("carried", "person"): "1",
        ("granted", "person"): "2",
        ("petition", "person"): "1",
    },
)
TOWN_BEFORE = Made(
    "石泉埠镇2022年政府信息公开工作年度报告.html",
    "云岫县石泉埠镇人民政府2022年政府信息公开工作年度报告",
    "云岫县石泉埠镇人民政府",
    2022,
    "全年公开各类信息139条。",
    disclosed={("licences", "decisions"): "29"},
    requests={("received", "person"): "3", ("granted", "person"): "1", ("left", "person"): "2"},
)
DEPARTMENT = Made(
    "云岫县水利局2023年政府信息公开工作年度报告.pdf",
    "云岫县水利局2023年政府信息公开工作年度报告",
    "云岫县水利局",
    2023,
    "本局通过门户网站公开信息312条，受理申请4件。",
    disclosed={
        ("licences", "decisions"): "86",
        ("penalties", "decisions"): "19",
        ("compulsion", "decisions"): "2",
        ("charges", "fees"): "48.5",
    },
    requests={
        ("received", "person"): "3",
        ("received", "business"): "1",
        ("granted", "person"): "1",
        ("granted", "business"): "1",
        ("to_be_made", "person"): "1",
        ("confirmation", "person"): "1",
    },
    suits={("after", "upheld"): "1"},
)
STREET = Made(
    "澄江门街道2023年政府信息公开工作年度报告.docx",
    "澄江门街道办事处2023年政府信息公开工作年度报告",
    "云岫县澄江门街道办事处",
    2023,
    "街道公开信息98条。本年收到申请5件。",
    requests={
        ("received", "person"): "5",
        ("received", "total"): "6",
        ("granted", "person"): "3",
        ("unclear", "person"): "1",
        ("handled", "person"): "5",
        ("left", "person"): "0",
    },
    suits={("review", "upheld"): "1", ("review", "total"): "2"},
)
TOWNSHIP = Made(
    "麻栎坪乡2023年政府信息公开工作年度报告.html",
    "麻栎坪乡人民政府2023年政府信息公开工作年度报告",
    "云岫县麻栎坪乡人民政府",
    2023,
    "全年公开信息76条，没有收到申请复议和诉讼。",
    disclosed={("penalties", "decisions"): "1"},
    requests={("received", "charity"): "1", ("publication", "charity"): "1"},
    askers=("law", "charity", "business", "science", "others", "person"),
    without="suits",
)
DASHED = Made(
    "云岫县档案馆2023年政府信息公开工作年度报告.docx",
    "云岫县档案馆2023年政府信息公开工作年度报告",
    "云岫县档案馆",
    2023,
    "本馆没有行政许可、行政处罚事项，全年公开信息41条。",
    requests={("received", "person"): "1", ("granted", "person"): "1"},
    empty="/",
)
OLDER = Made(
    "云岫县民政局2020年政府信息公开工作年度报告.html",
    "云岫县民政局2020年政府信息公开工作年度报告",
    "云岫县民政局",
    2020,
    "全年公开信息203条，收到申请3件。",
    disclosed={("licences", "decisions"): "54", ("penalties", "decisions"): "3"},
    requests={
        ("received", "person"): "3",
        ("granted", "person"): "2",
        ("otherwise", "person"): "1",
    },
    older=True,
)
REPORTS = (COUNTY, TOWN, TOWN_BEFORE, DEPARTMENT, STREET, TOWNSHIP, DASHED, OLDER)
