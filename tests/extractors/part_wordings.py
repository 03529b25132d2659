"""Sentences with a figure that is a part of another, or tells another again."""

from __future__ import annotations

PARTS = [
    # a plain verb means the formal one; a 了 within a name is passed over
    (
        "行政许可办了76件，其中林木采伐21件、建房55件。",
        ["licensing_cases 76 total", "licensing_cases 21 part", "licensing_cases 55 part"],
    ),
    ("公开了信息86条，举办了业务培训12场。", ["info_disclosed 86 total", "staff_training_sessions 12 total"]),
    # what a meeting was for, and what became of a figure, may be told behind it
    ("召开党委会5次，专题研究法治政府建设工作。", ["leadership_meetings 5 total"]),
    ("召开党委会18次，听取法治、安全、信访等工作汇报。", []),
    (
        "查出隐患56处，当场整改41处，限期整改15处，均已整改到位。",
        ["hazards_found 56 total", "hazards_fixed 41 total", "hazards_fixed 15 part"],
    ),
    ("发现隐患22处，责令限期整改22处。", ["hazards_found 22 total"]),
    # what is visited in one list is visited for one purpose
    ("检查九小场所326家次、出租屋180间次。", ["inspections 326 total", "inspections 180 part"]),
    # parts: 其中, a bracket, a list, a sum at the end
    (
        "化解纠纷80件，其中口头50件、书面30件。",
        ["disputes_resolved 80 total", "disputes_resolved 50 part", "disputes_resolved 30 part"],
    ),
    (
        "办理行政处罚案件40件（简易程序28件、普通程序12件）。",
        ["penalty_cases 40 total", "penalty_cases 28 part", "penalty_cases 12 part"],
    ),
    (
        "作出行政处罚决定20件，罚款1.5万元，其中城市管理领域12件、自然资源领域8件。",
        [
            "penalty_cases 20 total",
            "penalty_amount 15000 total",
            "penalty_cases 12 part",
            "penalty_cases 8 part",
        ],
    ),
    (
        "办理执法案件90件，其中行政许可40件，占比44.4%；行政检查30件，占比33.3%。",
        ["enforcement_cases 90 total", "licensing_cases 40 total", "inspections 30 total"],
    ),
    (
        "受理纠纷100件，调解成功98件。其中，派出所移交60件、物业类25件、其他15件。",
        [
            "disputes_mediated 100 total",
            "disputes_resolved 98 total",
            "disputes_mediated 60 part",
            "disputes_mediated 25 part",
            "disputes_mediated 15 part",
        ],
    ),
    ("创建国家级民主法治示范村2个、省级16个。", ["demo_villages 2 total", "demo_villages 16 part"]),
    ("接待群众来访30批62人次。", ["petitions_received 30 total", "petitions_received 62 part"]),
    # a bracket breaks down the figure before it, whatever breaks down around it
    (
        "办结行政执法案件60件，其中行政处罚案件52件（普通程序12件、简易程序40件）、行政强制案件8件。",
        [
            "enforcement_cases 60 total",
            "penalty_cases 52 total",
            "penalty_cases 12 part",
            "penalty_cases 40 part",
            "coercion_cases 8 total",
        ],
    ),
    # parts that add up end the list; outcomes follow
    (
        "受理群众来信来访90件，其中上级转办50件，本级自接40件，办结88件。",
        [
            "petitions_received 90 total",
            "petitions_received 50 part",
            "petitions_received 40 part",
            "petitions_closed 88 total",
        ],
    ),
    # dealt out
    ("召开座谈会、论证会各1次。", ["hearings_held 1 part", "hearings_held 1 part"]),
    ("人大代表建议、政协提案分别为6件、3件。", ["proposals_handled 6 part", "proposals_handled 3 part"]),
    (
        "行政许可、行政处罚、行政检查分别为12件、3件、8件。",
        ["licensing_cases 12 total", "penalty_cases 3 total", "inspections 8 total"],
    ),
    (
        "学法用法考试参考率、合格率均为100%。",
        ["law_exam_attendance_rate 100 total", "law_exam_pass_rate 100 total"],
    ),
    # dealt out, with a verb behind
    (
        "街道党工委中心组、主任办公会、机关干部大会分别学法7次、9次、5次。",
        ["center_group_study 7 total", "collective_study 9 part", "collective_study 5 part"],
    ),
    ("信访事项、矛盾纠纷分别办结30件、50件。", ["petitions_closed 30 total", "disputes_resolved 50 total"]),
    (
        "东片司法所、西片司法所分别化解纠纷60件、25件。",
        ["disputes_resolved 60 part", "disputes_resolved 25 part"],
    ),
    # a verb governs the whole list
    (
        "审查各类合同协议115份、重大决策事项24件。",
        ["contracts_reviewed 115 total", "legality_reviews 24 total"],
    ),
    ("发放法治宣传手册500份、折页300份。", ["publicity_materials 500 total", "publicity_materials 300 part"]),
    # what there is breaks down into what there is
    (
        "共有行政权力事项40项，其中行政处罚28项、行政检查9项、其他3项。",
        ["power_items 40 total", "power_items 28 part", "power_items 9 part", "power_items 3 part"],
    ),
    ("化解省交办信访积案2件、市交办3件。", ["petitions_closed 2 total", "petitions_closed 3 part"]),
    # a part that names the topic, where its whole does not
    (
        "党委中心组全年学习12次，其中法治专题学习3次。",
        ["center_group_study 12 part", "center_group_study 3 total"],
    ),
    # a body in the indicator's own name narrows nothing; what was only stopped does not lead
    (
        "镇综合行政执法队现有11人，其中7人取得执法证。",
        ["enforcement_officers 11 total", "enforcement_officers 7 part"],
    ),
    (
        "制止违法建设行为16处，拆除违法建筑5处。",
        ["illegal_structures 16 part", "illegal_structures 5 total"],
    ),
    # a bare figure passes the name on
    (
        "开展法律明白人培训10场，总共进行了20场，共计450人次。",
        [
            "staff_training_sessions 10 part",
            "staff_training_sessions 20 total",
            "staff_training_people 450 total",
        ],
    ),
    (
        "审查8件行政规范性文件、26份政府合同。",
        ["legality_reviews 8 total", "contracts_reviewed 26 total"],
    ),
    # two indicators of one figure
    (
        "行政复议案件9件，维持6件、撤销3件。",
        [
            "reconsideration_cases 9 total",
            "reconsideration_cases 6 part",
            "cases_lost 3 total",
            "reconsideration_cases 3 part",
        ],
    ),
    # a word within another is none: 办件 in 主办件
    (
        "政协提案14件（主办件12件，协办件2件）。",
        ["proposals_handled 14 total", "proposals_handled 12 part", "proposals_handled 2 part"],
    ),
    # an item that names the same, but for its qualifier, has the verb of the one before
    (
        "成功调解村级矛盾纠纷18件，镇级矛盾纠纷7件。",
        ["disputes_resolved 18 total", "disputes_resolved 7 part"],
    ),
    # the widest statement is the headline, wherever it stands
    ("化解邻里纠纷6件。全镇共化解矛盾纠纷88件。", ["disputes_resolved 6 part", "disputes_resolved 88 total"]),
    (
        "共排查矛盾纠纷88件。全年共排查矛盾纠纷88件。",
        ["disputes_screened 88 total", "disputes_screened 88 repeat"],
    ),
    (
        "共排查矛盾纠纷88件。全年共排查矛盾纠纷85件。",
        ["disputes_screened 88 total", "disputes_screened 85 repeat"],
    ),
    # the same value of two slices is two figures, and no whole is told
    ("化解邻里纠纷3件。化解劳资纠纷3件。", ["disputes_resolved 3 part", "disputes_resolved 3 part"]),
    (
        "上半年办理行政处罚案件3件，下半年办理行政处罚案件4件。",
        ["penalty_cases 3 part", "penalty_cases 4 part"],
    ),
    # who of them: a part of them
    ("镇综合行政执法队18人中15人持证。", ["enforcement_officers 18 total", "enforcement_officers 15 part"]),
    (
        "全镇执法人员20名，14名已取得执法证。",
        ["enforcement_officers 20 total", "enforcement_officers 14 part"],
    ),
    # the same told more or less precisely
    (
        "排查矛盾纠纷320余件。截至年底，全镇共排查矛盾纠纷326件。",
        ["disputes_screened 320 repeat", "disputes_screened 326 total"],
    ),
    ("办理人大代表建议6件、政协提案3件。", ["proposals_handled 6 part", "proposals_handled 3 part"]),
    # what an indicator breaks down into, in a list and after 其中
    (
        "调解邻里纠纷31件、婚姻家庭22件、慰问家庭5户。",
        ["disputes_mediated 31 total", "disputes_mediated 22 part"],
    ),
    (
        "合法性审查96件，其中重大决策9件、合同60件。",
        ["legality_reviews 96 total", "legality_reviews 9 part", "contracts_reviewed 60 total"],
    ),
    (
        "发现隐患90处，整改88处，其中重大隐患3处。",
        ["hazards_found 90 total", "hazards_fixed 88 total", "hazards_found 3 part"],
    ),
    # whoever came to an exam is no stock; what is kept is not cleaned up; a lead is no case
    ("行政执法人员68名，组织43人参加执法资格考试。", ["enforcement_officers 68 total"]),
    (
        "对36件规范性文件进行清理，其中保留30件、废止6件。",
        ["normative_docs_cleaned 36 total", "normative_docs_cleaned 6 part"],
    ),
    ("移送公安机关2件，移交违法线索40条。", ["cases_transferred 2 total", "cases_transferred 40 part"]),
    (
        "制定规范性文件3件，报备3件；备案审查部门规范性文件9件。",
        ["normative_docs_issued 3 total", "normative_docs_filed 3 total", "normative_docs_filed 9 part"],
    ),
    # of what is counted by cases the persons are a part
    (
        "接待群众来访74批次、189人次。",
        ["petitions_received 74 total", "petitions_received 189 part"],
    ),
    # a name between two of one indicator is one, too
    (
        "开展送法进校园、进企业、进乡村活动分别为9场、6场、8场。",
        ["publicity_events 9 part", "publicity_events 6 part", "publicity_events 8 part"],
    ),
    # the whole is the widest telling, not a leader's own, an old case's or where it was
    (
        "受理信访事项40批，办结38批。镇长全年牵头包案化解信访积案3件。",
        ["petitions_received 40 total", "petitions_closed 38 total", "petitions_closed 3 part"],
    ),
    (
        "开展法治宣传活动320场。在全镇开展“法治体检”进民企活动45场。",
        ["publicity_events 320 total", "publicity_events 45 part"],
    ),
    (
        "先后组织司法所、派出所、妇联等单位开展普法宣传9次，在两所小学开展法治进校园活动2次。",
        ["publicity_events 9 total", "publicity_events 2 part"],
    ),
    # what is told in other words and many times as much is no part of the plainer word's few
    (
        "为企业开展“法律体检”1次，在禁毒日、花儿会期间组织有奖问答等普法宣传，宣传活动五十二场次。",
        ["publicity_events 1 part", "publicity_events 52 total"],
    ),
    (
        "调处率100%，调解矛盾纠纷成功率97.2%。",
        ["dispute_resolution_rate 100 part", "dispute_resolution_rate 97.2 total"],
    ),
    (
        "全年共开展法治宣传活动12场。结合宪法日等节点，各村开展活动90场。",
        ["publicity_events 12 total", "publicity_events 90 part"],
    ),
    # a list that splits up a whole told before
    (
        "共排查矛盾纠纷90件，化解88件；从来源看，网格上报60件，群众申请30件。",
        [
            "disputes_screened 90 total",
            "disputes_resolved 88 total",
            "disputes_screened 60 part",
            "disputes_screened 30 part",
        ],
    ),
    (
        "罚没收入43万元，其中局机关12万元、各分局31万元。",
        ["penalty_amount 430000 total", "penalty_amount 120000 part", "penalty_amount 310000 part"],
    ),
]
