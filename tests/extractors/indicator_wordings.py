"""Sentences whose figures are read, each as the whole of an indicator; and some that are read as none."""

from __future__ import annotations

WHOLES = [
    # the nearest head governs; a verb carries over to later figures
    (
        "全年开展行政检查300次，下达执法文书36份，罚款3万余元。",
        ["inspections 300 total", "enforcement_documents 36 total", "penalty_amount 30000 total"],
    ),
    ("参与涉政府诉讼案件负责人出庭应诉3件次。", ["official_appearances 3 total"]),
    ("排查矛盾纠纷120件，化解118件。", ["disputes_screened 120 total", "disputes_resolved 118 total"]),
    # what follows on the same subject is another thing
    ("15个村都请了法律顾问、配了人民调解员。", ["villages_with_counsel 15 total"]),
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
    # dealt out, the last name's end is for all
    (
        "乡党委中心组、乡长办公会学法分别为4次、6次。",
        ["center_group_study 4 total", "collective_study 6 total"],
    ),
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
    # what requests for information led to is not all that there was
    ("受理依申请公开6件，未引发行政复议、行政诉讼。", ["info_requests 6 total"]),
    (
        "受理依申请公开6件；全年未发生行政复议。",
        ["info_requests 6 total", "reconsideration_cases 0 total"],
    ),
    # what older documents are is no year of its own
    ("对2019年底以前出台的规范性文件进行清理，共清理64件。", ["normative_docs_cleaned 64 total"]),
    ("对2022年12月31日前制定的规范性文件全面清理，废止9件。", ["normative_docs_cleaned 9 total"]),
    # a list of matters is counted by what it lists
    ("公布《桑溪县2023年度重大行政决策事项目录》，共4项。", ["major_decisions 4 total"]),
    ("印发《镇权责清单》，共96项。", ["power_items 96 total"]),
    ("学习《信访工作条例》3次。", []),
]
