"""Addresses of notices: what is understood, and what is told of those that are not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from flows.cli import main
from flows.events.addresses import read_addresses
from nianbao.errors import UsageError

ROOT = Path(__file__).resolve().parents[3]


def test_the_examples_of_the_docs() -> None:
    told = (ROOT / "docs" / "operating.md").read_text("utf-8")
    fence = re.search(r"```toml\n(notify = .+?)```", told, re.DOTALL)
    assert fence is not None
    found = read_addresses(tomllib.loads(fence[1])["notify"])
    assert [address.kind for address in found] == ["邮件", "企业微信", "钉钉", "飞书"]
    assert not any(
        secret in each.told for each in found for secret in ("授权码", "693a91f6", "SEC0", "0123abcd")
    )


@pytest.mark.parametrize(
    ("pasted", "kind"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-123", "企业微信"),
        ("https://oapi.dingtalk.com/robot/send?access_token=0123abcd", "钉钉"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/0123-abcd", "飞书"),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/0123-abcd", "飞书国际版"),
    ],
)
def test_a_webhook_as_it_is_pasted(pasted: str, kind: str) -> None:
    (found,) = read_addresses([f" {pasted} ", pasted])
    assert (found.kind, "0123" in found.told, "abc-" in found.told) == (kind, False, False)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("wecombot://", "企业微信的地址写得不全"),
        ("wecom://geheim", "看不懂以 wecom:// 开头的地址"),
        ("geheim", "看不懂这个地址"),
        ("mailto://geheim", "邮件的地址写得不全"),
    ],
)
def test_a_wrong_address_is_told_in_one_line_without_its_secret(
    wrong: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=told):
        read_addresses(["feishu://abc", wrong])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nianbao.toml").write_text(f"notify = ['{wrong}']\n", "utf-8")
    (tmp_path / "报告").mkdir()
    for command in (["notify", "--test"], ["server"], ["deploy", "报告", "--out", "结果"]):
        assert main(command) == 2
        said = capsys.readouterr()
        (line,) = said.err.splitlines()
        assert line.startswith(f"错误：通知地址 notify 第 1 个：{told}")
        assert "geheim" not in said.out + said.err


def test_a_setting_that_is_no_list_shows_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nianbao.toml").write_text("notify = {a = 'mailto://u:geheim@b.cn'}\n", "utf-8")
    assert main(["notify"]) == 2
    said = capsys.readouterr().err
    assert ("nianbao.toml 中的 notify：写法有误" in said, "geheim" in said) == (True, False)


def test_no_address_is_told_where_to_write_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (main(["notify"]), main(["notify", "--test"])) == (0, 1)
    assert "notify = ['地址', …]" in capsys.readouterr().out
