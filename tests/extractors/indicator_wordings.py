"""Sentences with the figures that are read in them, and figures that are refused with the reason."""

from __future__ import annotations

READ = [
    # the nearest head governs; a verb carries over to later figures
    (
        "全年开展行政检查300次，下达执法文书36份，罚款3万余元。",
        ["inspections 300 total", "enforcement_documents 36 total", "penalty_amount 30000 total"],
    ),
    ("参与涉政府诉讼案件负责人出庭应诉3件次。", ["official_appearances 3 total"]),
    ("排查矛盾纠纷120件，化解118件。", ["disputes_screened 120 total", "disputes_resolved 118 total"]),
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
    # what follows on the same subject is another thing
    ("15个村都请了法律顾问、配了人民调解员。", ["villages_with_counsel 15 total"]),
    # what is visited in one list is visited for one purpose
    ("检查九小场所326家次、出租屋180间次。", ["inspections 326 total", "inspections 180 part"]),
    # rates share a figure in any wording
    (
        "学法考试的参考率和及格率均在80%以上。",
        ["law_exam_attendance_rate 80 total", "law_exam_pass_rate 80 total"],
    ),
    # the figure before its noun
    ("召开10次法治政府建设专题会议。", ["leadership_meetings 10 total"]),
    # the noun in the clause before
    ("开展普法宣传活动，全年共计30余场次。", ["publicity_events 30 total"]),
    # a gloss in brackets and quotation marks interrupt nothing
    ("全镇18个村（社区）均已配备法律顾问。", ["villages_with_counsel 18 total"]),
    ("培育“法律明白人”45名。", ["legal_literates 45 total"]),
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
    # what is named before 等 is an example of what is counted
    ("研究解决经费不足、信访积案等问题12个，听取行政诉讼等工作情况汇报3次。", []),
    # rates told by their number
    (
        "人大代表建议办复率、满意率实现两个100%。",
        ["proposal_reply_rate 100 total", "proposal_satisfaction_rate 100 total"],
    ),
    # when a body began is no year of its figures
    ("执法队成立于2019年，现有执法人员13名。", ["enforcement_officers 13 total"]),
    # how examinees did
    ("全镇50人参加学法考试，48人合格，2人补考。", ["law_exam_participants 50 total"]),
    # names that say themselves that there was none
    ("全年“零复议”“零诉讼”。", ["reconsideration_cases 0 total", "litigation_cases 0 total"]),
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
    # dealt out, the last name's end is for all
    (
        "乡党委中心组、乡长办公会学法分别为4次、6次。",
        ["center_group_study 4 total", "collective_study 6 total"],
    ),
    # a verb governs the whole list
    (
        "审查各类合同协议115份、重大决策事项24件。",
        ["contracts_reviewed 115 total", "legality_reviews 24 total"],
    ),
    ("发放法治宣传手册500份、折页300份。", ["publicity_materials 500 total", "publicity_materials 300 part"]),
    # from one figure to another
    ("综合服务窗口由6个整合为3个。", ["service_windows 3 total"]),
    ("入企行政检查由上年的90次压减到61次。", ["inspections 61 total"]),
    # what stands before a joint is the name of the figure before
    (
        "对12份采购合同和3件拟印发的文件进行合法性审查。",
        ["contracts_reviewed 12 total", "legality_reviews 3 total"],
    ),
    # a new act has its own words against it
    ("张贴横幅标语、发放法治宣传单1.2万份。", ["publicity_materials 12000 total"]),
    # what follows a sum word has a figure of its own
    ("6个接待站全年接待群众来访430批次。", ["petitions_received 430 total"]),
    # chance letters are no words, bodies count nothing
    ("协调解决困难98项。", []),
    ("组织普法联席会议成员单位开展普法宣传活动36场。", ["publicity_events 36 total"]),
    # how many there were in the year is no stock
    ("2023年我镇共有行政复议案件12件。", ["reconsideration_cases 12 total"]),
    ("执法力量薄弱，赋权事项涉及8个领域。", []),
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
    # the name of the figure before is no word of this one
    ("便民服务中心进驻8个部门、设置窗口9个。", ["service_windows 9 total"]),
    # the name stands before a norm
    (
        "发挥“法律明白人”作用，每个社区不少于4名，共选聘58名。",
        ["legal_literates 58 total"],
    ),
    ("镇综合行政执法队编制22名、实有19名。", ["enforcement_officers 19 total"]),
    # the nearest context decides: an exam of licences, then one of law
    (
        "组织执法资格考试，参考12人。组织学法用法考试，参考63人。",
        ["law_exam_participants 63 total"],
    ),
    ("合法性审查412件，其中合同协议318件。", ["legality_reviews 412 total", "contracts_reviewed 318 total"]),
    # a name that opens its clause after a semicolon carries over
    (
        "发放手册300册；每村设“法律明白人”4名，全镇共40名。",
        ["publicity_materials 300 total", "legal_literates 40 total"],
    ),
    (
        "全镇应培养“法律明白人”60名，实际培养64名。",
        ["legal_literates 64 total"],
    ),
    # 办结案件 closes nothing, departments are counted by no indicator
    ("12个部门权责事项共计830项。", ["power_items 830 total"]),
    (
        "法院受理以镇政府为被告的案件3件，负责人出庭2次。",
        ["litigation_cases 3 total", "official_appearances 2 total"],
    ),
    # the verb behind a list is for all of its items
    (
        "对送审的合同26份、文件14份进行合法性审查。",
        ["contracts_reviewed 26 total", "legality_reviews 14 total"],
    ),
    # a law's name counts no penalties
    ("机关干部集体学习行政处罚法、教育法4次。", ["collective_study 4 total"]),
    ("遗留劳资纠纷多，全年有23件诉至法院。", []),
    ("行政复议案件1件被撤销。", ["cases_lost 1 total", "reconsideration_cases 1 total"]),
    ("全县设立行政复议受理点16个。", []),
    # ranges are told by their lower end
    ("开展行政检查3—5次。", ["inspections 3 total"]),
    (
        "学法考试参考率、合格率均保持在100%。",
        ["law_exam_attendance_rate 100 total", "law_exam_pass_rate 100 total"],
    ),
    # what a title names is not what is counted, unless copies of it are
    ("组织干部学习《信访工作条例》《行政处罚法》等法律法规10次。", ["collective_study 10 total"]),
    ("发放《民法典手册》500册。", ["publicity_materials 500 total"]),
    # 个 counts the noun behind it; those who came are no stock
    ("开展法律明白人培训活动，20个乡镇设立分会场。", []),
    ("开展法治宣传，全校共有860名师生参加法治宣传活动。", ["publicity_audience 860 total"]),
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
    # 辖区 and 户籍 tell no stock; what is held every week may be counted
    ("对辖区商户开展行政检查120次。", ["inspections 120 total"]),
    ("全年共受理户籍、社保等业务3.2万笔。", ["services_handled 32000 total"]),
    ("利用每周干部例会学法18次。", ["collective_study 18 total"]),
    ("将原来的14个服务窗口合并为5个。", ["service_windows 5 total"]),
    # nothing, told in words
    ("全年未发生行政复议、行政诉讼案件。", ["litigation_cases 0 total", "reconsideration_cases 0 total"]),
    ("行政诉讼案件3件，均未发生败诉。", ["litigation_cases 3 total", "cases_lost 0 total"]),
    ("行政规范性文件为零制定。", ["normative_docs_issued 0 total"]),
    ("没有一起被提起行政复议的案件。", ["reconsideration_cases 0 total"]),
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
    # a joint before the figure: the name before it is the other figure's
    (
        "涌现出35名“金牌调解员”、18个“品牌调解室”。",
        ["mediators 35 total", "mediation_committees 18 total"],
    ),
    # a bracket that is closed before the next figure opens no list
    (
        "检查单位91家，整改隐患66处（含复查整改），查封6家。",
        ["inspections 91 total", "hazards_fixed 66 total", "coercion_cases 6 total"],
    ),
    # going to petition is no leader's visit
    ("群众到市走访11批。", ["petitions_received 11 total"]),
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
    # a measure word before a place counts the place, one before the staff those who act
    ("宣讲队到9个村（社区）开展法治宣讲16次。", ["law_lectures 16 total"]),
    ("建立接访制度，12名班子成员接待来访45批。", ["petitions_received 45 total"]),
    ("受理欠薪投诉36件，为120名农民工追回工资。", ["petitions_received 36 total"]),
    # rates in a row share what follows them; two names of one rate are one
    (
        "学法考试参考率、合格率100%。",
        ["law_exam_attendance_rate 100 total", "law_exam_pass_rate 100 total"],
    ),
    (
        "提案见面率、办复率和满意率达99%。",
        ["proposal_reply_rate 99 total", "proposal_satisfaction_rate 99 total"],
    ),
    # an area may stand between a figure and its noun
    ("对4处面积约300平方米的违章建筑予以拆除。", ["illegal_structures 4 total"]),
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
    # whoever was left out of an exam is none of those who came
    ("学法用法考试实考96人，2人因病缓考。", ["law_exam_participants 96 total"]),
    # the last name before the figure decides whose study it is
    (
        "列入中心组学习计划，年内集体学法3次，机关干部集体学法8次。",
        ["center_group_study 3 total", "collective_study 8 total"],
    ),
    # those expected are told no more where those who came are
    ("共有137人参加学法用法考试，实考135人。", ["law_exam_participants 135 total"]),
    # a year compared with dates nothing
    (
        "行政处罚案件51件，比2022年多9件，罚款3.6万元。",
        ["penalty_cases 51 total", "penalty_amount 36000 total"],
    ),
    # a name between two of one indicator is one, too
    (
        "开展送法进校园、进企业、进乡村活动分别为9场、6场、8场。",
        ["publicity_events 9 part", "publicity_events 6 part", "publicity_events 8 part"],
    ),
    # what requests for information led to is not all that there was
    ("受理依申请公开6件，未引发行政复议、行政诉讼。", ["info_requests 6 total"]),
    (
        "受理依申请公开6件；全年未发生行政复议。",
        ["info_requests 6 total", "reconsideration_cases 0 total"],
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
    # what older documents are is no year of its own
    ("对2019年底以前出台的规范性文件进行清理，共清理64件。", ["normative_docs_cleaned 64 total"]),
    ("对2022年12月31日前制定的规范性文件全面清理，废止9件。", ["normative_docs_cleaned 9 total"]),
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
    # a list of matters is counted by what it lists
    ("公布《桑溪县2023年度重大行政决策事项目录》，共4项。", ["major_decisions 4 total"]),
    ("印发《镇权责清单》，共96项。", ["power_items 96 total"]),
    ("学习《信访工作条例》3次。", []),
]

REFUSED = [
    ("每季度召开1次法治政府建设专题会议。", "1次", "target"),
    ("力争全年开展普法宣传活动20场。", "20场", "target"),
    ("上年办理行政处罚案件15件。", "15件", "other-year"),
    ("2022年，全镇办理行政处罚案件15件。", "15件", "other-year"),
    ("全县共化解矛盾纠纷5000件。", "5000件", "other-body"),
    ("行政处罚案件同比减少3件。", "3件", "change"),
    ("化解率提高2.5个百分点。", "2.5个百分点", "change"),
    ("拆除面积3200平方米。", "3200平方米", "area"),
    ("拨付救助资金56万元。", "56万元", "money"),
    ("构建“1+6+1”体系。", "“1+6+1”", "slogan"),
    ("依托12345热线。", "12345", "slogan"),
    ("召开第三次会议。", "第三次", "ordinal"),
    ("依据《条例》第十二条办理。", "第十二条", "law"),
    ("印发县府发〔2023〕5号文件。", "〔2023〕5号", "document-number"),
    ("2023年12月4日。", "2023年12月4日", "date"),
    ("慰问困难群众45户。", "45户", "unclaimed"),
    ("来年，让每个村都有骨干，执法人员持证率达到100%。", "100%", "target"),
    ("下一步，继续办好实事，开展行政检查30次。", "30次", "target"),
    ("按照年初安排，计划检查企业行政检查120次。", "120次", "target"),
    ("力争矛盾纠纷化解率达98%，信访办结率达96%。", "96%", "target"),
    ("每个行政村培养3名“法律明白人”。", "3名", "target"),
    ("2023年计划开展普法宣传30场，培训“法律明白人”200人次。", "200人次", "target"),
    ("乡镇平均持有执法证6名。", "6名", "target"),
    ("每村配强1名调解员、3名“法律明白人”。", "3名", "target"),
    ("实行“一个窗口对外、一站式服务”。", "一个", "slogan"),
    ("煤矿安全监管五人小组。", "五人", "part-of-name"),
    ("各执法中队平均持证执法人员仅7名。", "7名", "target"),
    ("配合县应急管理局行政处罚企业3家、罚款26万元。", "3家", "other-body"),
    ("配合县应急管理局行政处罚企业3家、罚款26万元。", "26万元", "other-body"),
    ("协助区市场监管局立案查处无照经营4起。", "4起", "other-body"),
    ("偏远的六个村全年只开展过一次普法宣传活动。", "一次", "other-body"),
    ("五年来，累计办理行政复议案件412件。", "412件", "other-year"),
    ("过去三年，镇调委会共调解纠纷263件。", "263件", "other-year"),
    ("本届任期内，举办法治讲座36场。", "36场", "other-year"),
    ("拟推荐省级民主法治示范村2个。", "2个", "target"),
    ("4个社区仅开展普法宣传活动2场。", "2场", "other-body"),
]
