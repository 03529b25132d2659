"""What is personal in a text is hidden, and nothing else; all sentences are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from nianbao.masking import Kind, is_told_in, mask, personal_spans

GOLD = Path(__file__).parent.parent / "gold" / "reports"
SAMPLES = Path(__file__).parent.parent.parent / "samples" / "sources"

NAMED = (
    ("党委书记李明华同志主持会议", "党委书记李某某同志主持会议"),
    ("镇长王伟带队检查，书记高度重视", "镇长王某带队检查，书记高度重视"),
    ("村民张建国与周丽因土地发生纠纷", "村民张某某与周某因土地发生纠纷"),
    ("联系人：陈志强，电话另告", "联系人：陈某某，电话另告"),
    ("联 系 人：陈 志 强", "联 系 人：陈 某 某"),
    ("原告赵建军诉白云镇人民政府一案", "原告赵某某诉白云镇人民政府一案"),
    ("欧阳海燕律师现场授课", "欧阳某某律师现场授课"),
    ("慰问高峰同志", "慰问高某同志"),
    ("副镇长（孙丽）、委员（钱三强）到场", "副镇长（孙某）、委员（钱某某）到场"),
    ("社区主任王芳、周强、吴桂花等5人", "社区主任王某、周某、吴某某等5人"),
    ("张建国（男，45岁）申请复议", "张某某（男，45岁）申请复议"),
    ("副镇长唐海涛牵头，司法所所长叶文斌到场", "副镇长唐某某牵头，司法所所长叶某某到场"),
    ("表彰王晓燕、石磊等8人", "表彰王某某、石某等8人"),
    ("原告孙晓霞（13812345678）", "原告孙某某（138****5678）"),
    ("帮扶对象蒋小红的救助申请", "帮扶对象蒋某某的救助申请"),
    ("书记员李娜到庭，第一书记宋佳驻村", "书记员李某到庭，第一书记宋某驻村"),
    ("阿卜杜·热合曼同志获表彰", "阿某某·某某某同志获表彰"),
    ("村民张建国申请复议。后张建国撤回申请", "村民张某某申请复议。后张某某撤回申请"),
    ("身份證號：330102198003077213", "身份證號：3****************3"),
    ("身份证号５３０１０２１９８００３０７７２１Ｘ。", "身份证号５****************Ｘ。"),
    ("手机13812345678、138 1234 5678", "手机138****5678、138 **** 5678"),
    ("电话：0571-88886666，传真87654321", "电话：0571-8888****，传真8765****"),
)
PLAIN = (
    "负责同志、女同志、老同志、各方面同志、领导同志和机关全体党员同志参加",
    "书记、镇长任组长，书记高度重视，镇长办公会研究，主任严格落实，书记安排部署",
    "书记和镇长带队，主任于每月汇总，局长向社会公布，县长常态化调度",
    "高举习近平新时代中国特色社会主义思想伟大旗帜，学习习近平法治思想，以习近平同志为核心",
    "学习雷锋同志，弘扬马锡五审判方式",
    "白云镇镇长、王家庄村主任、石桥乡乡长、任庄社区书记和高新区主任",
    "申请人：白云镇人民政府；当事人：某商店；联系人：办公室；负责人：司法所",
    "群众安全感、群众满意度、居民自治、村民代表会议、村民高度认可、群众周边",
    "法律顾问和公职律师参与，聘请秦岐律师事务所，组织律师团队和律师协会",
    "王某某同志、李某与张某某、村民赵某",
    "罚款13800000000元，投入15912345678.5元，资产13800001111万元",
    "拨打12345热线、12348热线和110，文号〔2023〕12号，编号202312345678",
    "统一社会信用代码11330100002489559X",
    "民警大队、调解员队伍、网格员何时上岗、执法员方可检查、委员单位、组长负责制",
    "枫桥·乡贤工作法、平安·和谐家园、“法治·春风”行动",
    "王建国调解工作室挂牌，学习李大钊精神",
    "唐家溪、张家庄、潘桥湾、柳林等8个村，刘集、王庄、李店等3个片区",
    "镇长包案化解，局长任副组长，科长时刻在岗，网格员段位评定，调解员金点子",
    "群众方便办事，学生欺凌防治，患者权益保护，党员干部带头，工作人员从严管理",
)


@pytest.mark.parametrize(("told", "shown"), NAMED, ids=range(len(NAMED)))
def test_what_is_personal_is_hidden_in_its_place(told: str, shown: str) -> None:
    assert mask(told) == shown
    assert len(shown) == len(told)


@pytest.mark.parametrize("told", PLAIN, ids=range(len(PLAIN)))
def test_places_bodies_words_and_numbers_stay(told: str) -> None:
    assert mask(told) == told


def test_what_is_hidden_once_is_not_hidden_again() -> None:
    for told, shown in NAMED:
        assert mask(mask(told)) == shown


def test_nothing_is_hidden_in_reports_that_name_nobody() -> None:
    """The 190 texts of tests/gold and the samples' sources name no person and give no number of one."""
    paths = [*GOLD.glob("*.txt"), *SAMPLES.glob("*.md")]
    wrong = [
        (path.name, text[max(0, span.start - 8) : span.end + 4])
        for path in paths
        for text in [path.read_text("utf-8")]
        for span in personal_spans(text)
    ]
    assert len(paths) >= 200
    assert wrong == []


def test_spans_tell_what_they_hide() -> None:
    text = "联系人：陈志强，手机13812345678，身份证号330102198003077213"
    assert [(text[span.start : span.end], span.kind) for span in personal_spans(text)] == [
        ("陈志强", Kind.NAME),
        ("13812345678", Kind.TELEPHONE),
        ("330102198003077213", Kind.ID_CARD),
    ]


def test_a_published_quotation_is_known_in_what_was_read() -> None:
    assert is_told_in("村民张某某（13*", "据村民张建国（138）称")
    assert not is_told_in("村民张某某", "村民李建国")
    assert not is_told_in("村民张某某", "村民张丽")
    assert is_told_in("100%", "达100%")
