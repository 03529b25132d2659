"""What a file is, told by its bytes, whatever its name says."""

from __future__ import annotations

import pytest
from built_files import PdfPage, docx, download, p, pdf
from built_zips import zipped

from connectors.media import Media, error_page, media_of, refusal

TEXT = "云岭镇2023年法治政府建设工作报告。全年办理行政处罚案件12件。"
WORD = docx(p(TEXT))
PDF = pdf(PdfPage().text(90, 700, TEXT))
PAGE = f"<!DOCTYPE html><html><head><title>报告</title></head><body><p>{TEXT}</p></body></html>"
RTF = b"{\\rtf1\\ansi " + TEXT.encode("gbk") + b"}"
MAIL = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n--x--"
TYPES = "[Content_Types].xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOISE = bytes(range(256)) * 4


def compound(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(500)


def open_document(kind: bytes) -> bytes:
    return zipped({"mimetype": OPEN_DOCUMENT + kind, "content.xml": b"x"}, 0)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (WORD, Media.DOCX),
        (b"\r\n\r\n" + WORD, Media.DOCX),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + WORD, Media.DOCX),
        (WORD + b"\r\n<html>error</html>" * 30, Media.DOCX),
        (WORD[: len(WORD) // 2], Media.DOCX),
        (zipped({"word/media/1.png": b"x" * 900, "word/document.xml": b"x"})[:500], Media.DOCX),
        (zipped({"customXml/1.xml": b"x", "word/document2.xml": b"x", TYPES: b"x"}), Media.DOCX),
        (zipped({TYPES: b"x", "word\\document.xml": b"x"}), Media.DOCX),
        (zipped({TYPES: b"x", "word/document.xml": b"x", "word/embeddings/1.xlsx": WORD}, 0), Media.DOCX),
        (zipped({TYPES: b"x", "xl/workbook.xml": b"x", "xl/embeddings/1.docx": WORD}, 0), Media.WORKBOOK),
        (zipped({TYPES: b"x", "ppt/presentation.xml": b"x"}), Media.SLIDES),
        (zipped({TYPES: b"x", "visio/document.xml": b"x"}), Media.DRAWING),
        (zipped({"OFD.xml": b"x", "Doc_0/Document.xml": b"x"}), Media.OFD),
        (zipped({"Doc_0/Document.xml": b"x", "OFD.xml": b"x"}), Media.OFD),
        (open_document(b"text"), Media.ODT),
        (open_document(b"text-template"), Media.ODT),
        (open_document(b"spreadsheet"), Media.WORKBOOK),
        (open_document(b"presentation"), Media.SLIDES),
        (zipped({"content.xml": b"x", "styles.xml": b"x"}), Media.ODT),
        (zipped({"mimetype": b"application/epub+zip"}, 0), Media.BINARY),
        (zipped({"word/报告.docx": WORD, "报告.doc": OLE}), Media.ZIP),
        (zipped({"报告.docx": WORD}, 0)[:900], Media.ZIP),
        (zipped({}), Media.ZIP),
        (PDF, Media.PDF),
        (b"\n\n%!PS-junk\n" + PDF, Media.PDF),
        (PDF[:300], Media.PDF),
        (compound("WordDocument"), Media.OLE),
        (b"\r\n" + compound("WordDocument"), Media.OLE),
        (RTF, Media.RTF),
        (b"\xef\xbb\xbf\r\n" + RTF, Media.RTF),
        (PAGE.encode(), Media.HTML),
        (b"\xef\xbb\xbf\r\n" + PAGE.encode(), Media.HTML),
        (b"<!-- made by CMS -->\n<p>" + TEXT.encode("gbk"), Media.HTML),
        (PAGE.encode("utf-16"), Media.HTML),
        (PAGE.encode("utf-16-le"), Media.HTML),
        (PAGE.encode("utf-16-be"), Media.HTML),
        (MAIL, Media.ARCHIVED_PAGE),
        (b"<?xml version='1.0'?><a/>", Media.XML),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><a/>", Media.WORD_XML),
        (TEXT.encode(), Media.TEXT),
        (TEXT.encode("gb18030"), Media.TEXT),
        (TEXT.encode("utf-16"), Media.TEXT),
        (TEXT.encode("utf-16-le"), Media.TEXT),
        (TEXT.encode("utf-16-be"), Media.TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), Media.TEXT),
        (b"BMW " + TEXT.encode(), Media.TEXT),
        (b"GIF89a " + TEXT.encode("gbk"), Media.TEXT),
        (b"II*MM* " + TEXT.encode(), Media.TEXT),
        ("部门,件数\n公安,12\n".encode("gbk"), Media.TEXT),
        ('{"code":404,"message":"文件不存在"}'.encode(), Media.TEXT),
        (b"a", Media.TEXT),
        (b"\xff", Media.TEXT),
        (b"BM" + NOISE, Media.IMAGE),
        (b"GIF89a" + NOISE, Media.IMAGE),
        (b"\x89PNG\r\n\x1a\n" + NOISE, Media.IMAGE),
        (b"\xff\xd8\xff\xe0" + NOISE, Media.IMAGE),
        (b"II*\x00" + NOISE, Media.IMAGE),
        (b"RIFF\x00\x01\x00\x00WEBPVP8 " + NOISE, Media.IMAGE),
        (b"Rar!\x1a\x07\x00" + NOISE, Media.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c" + NOISE, Media.ARCHIVE),
        (b"\x1f\x8b\x08" + NOISE, Media.ARCHIVE),
        (b"a.txt" + bytes(252) + b"ustar\x0000" + NOISE, Media.ARCHIVE),
        (NOISE, Media.BINARY),
        (b"MZ" + NOISE, Media.BINARY),
        (b"", Media.EMPTY),
        (b"\x00", Media.EMPTY),
        (bytes(5_000), Media.EMPTY),
        (b"\xef\xbb\xbf \r\n", Media.EMPTY),
        (bytes(5_000) + b"x", Media.BINARY),
    ],
)
def test_media(data: bytes, media: Media) -> None:
    assert media_of(data) is media


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的（"),
        (bytes(9), "文件是空的：里面只有空白或空字节，可能没有下载完整"),
        (zipped({TYPES: b"x", "xl/workbook.xml": b"x"}), "这是 Excel 工作簿，不是报告文档"),
        (zipped({TYPES: b"x", "ppt/presentation.xml": b"x"}), "这是演示文稿，不是报告文档"),
        (compound("Workbook"), "这是 Excel 工作簿，不是报告文档"),
        (compound("PowerPoint Document"), "这是演示文稿，不是报告文档"),
        (compound("VisioDocument"), "这是绘图文件，不是报告文档"),
        (compound("EncryptedPackage"), "文件已加密，需要密码才能打开"),
        (zipped({"a.txt": b"x"}), "压缩包不能当作一份文件读取"),
        (zipped({"a.txt": b"x" * 99})[:70], "压缩包已损坏或不完整"),
        (WORD[:500], "Word 文件已损坏或不完整"),
        (b"Rar!\x1a\x07\x00" + NOISE, "这是 RAR 压缩包，不能直接读取（请解压后把里面的文件放进文件夹"),
        (b"7z\xbc\xaf\x27\x1c" + NOISE, "这是 7z 压缩包"),
        (b"\x1f\x8b\x08" + NOISE, "这是 GZ 压缩包"),
        (b"a.txt" + bytes(252) + b"ustar\x0000" + NOISE, "这是 TAR 压缩包"),
        (b"MZ" + NOISE, "这是程序（可能是自解压的压缩包）"),
        (NOISE, "文件内容无法识别，可能已损坏"),
        (b"<html><title>404 Not Found</title><h1>404 Not Found</h1>", "这是网站的出错或登录页面"),
        ("<html><title>出错</title>您访问的页面不存在".encode("gbk"), "这是网站的出错或登录页面"),
        ("<html><title>用户登录</title><input type=password>".encode(), "这是网站的出错或登录页面"),
        (b"<html><script>location.href='/'</script>", "这是网站的出错或登录页面"),
        (b"<html><title>x</title>", "网页里没有正文"),
    ],
)
def test_refusals_say_what_it_is_and_what_to_do(data: bytes, message: str) -> None:
    error = refusal(download(data, "报告.docx"), media_of(data))
    assert str(error).startswith(f"报告.docx：{message}")
    assert error.hint


@pytest.mark.parametrize("media", Media)
def test_every_kind_has_its_refusal(media: Media) -> None:
    assert refusal(download(b"", "a"), media).message


@pytest.mark.parametrize(
    ("title", "text", "is_error"),
    [
        ("404 Not Found", "404 Not Found\nnginx", True),
        ("某县人民政府", "抱歉，您访问的页面不存在或已被删除！", True),
        ("提示", "找不到您要的网页", True),
        ("用户登录", "用户名密码", True),
        ("", "HTTP Status 500 – Internal Server Error", True),
        ("提示", "访问过于频繁，请输入验证码", True),
        ("法治政府建设报告", TEXT, False),
        ("法治政府建设报告", "400余人次参加学习，处理信息公开申请12件。", False),
        ("法治政府建设报告", TEXT * 10 + "群众反映的页面不存在问题已整改。", False),
    ],
)
def test_error_pages(title: str, text: str, is_error: bool) -> None:
    assert (error_page(download(b"", "a.doc"), title, text) is not None) is is_error
