"""What databases say when they can't, in one line of Chinese: what is wrong, where, and what to do."""

from __future__ import annotations

import re
from sqlite3 import Error as SqliteError

from sqlalchemy.exc import DBAPIError

from nianbao.errors import LostStoreError, StoreError

_Cause = tuple[str, str, str]

_BUSY = ("另一个程序正在写入，等候超时", "请等它结束后再运行")
_FULL = ("磁盘已满", "请腾出空间后重新运行")
_UNKNOWN_KEY = ("没有登记这次运行或这个文件", "请先登记运行和文件，再保存结果")

# SQLite's result codes, found by their beginnings.
_SQLITE: tuple[_Cause, ...] = (
    ("SQLITE_BUSY", *_BUSY),
    ("SQLITE_LOCKED", *_BUSY),
    ("SQLITE_READONLY", "数据库只能读取，不能写入", "请检查文件和所在文件夹的权限，或换一个位置"),
    ("SQLITE_NOTADB", "不是数据库文件，未作改动", "请换一个文件名"),
    ("SQLITE_CORRUPT", "数据库文件已损坏，未作改动", "请用备份替换它，或把它移走后重新运行"),
    ("SQLITE_FULL", *_FULL),
    ("SQLITE_CANTOPEN", "打不开数据库文件", "请检查文件和所在文件夹的权限，或复制到可以写入的位置"),
    ("SQLITE_IOERR", "读写磁盘出错", "请检查磁盘，或换一个位置"),
    ("SQLITE_CONSTRAINT_FOREIGNKEY", *_UNKNOWN_KEY),
)
_PASSWORD = ("用户名或密码不对", "请检查数据库地址，或环境变量 PGPASSWORD、文件 ~/.pgpass")
_NO_DATABASE = ("服务器上没有这个数据库", "请先建立它，或检查数据库地址")
_STARTING = ("数据库服务器正在启动或停止", "请稍后重新运行")
_BROKEN_OFF = ("与数据库服务器的连接中断", "请待服务器恢复后重新运行同样的命令")
_UNREACHABLE = ("连接不上数据库服务器", "请检查服务器是否在运行，主机名和端口是否正确")
# What may be over in a moment.
_PASSING = {cause[0] for cause in (_STARTING, _BROKEN_OFF, _UNREACHABLE)}
_TOO_MANY = ("数据库服务器的连接数已满", "请稍后重新运行，或请管理员调高 max_connections")
_DAMAGED = ("数据库已损坏，未作改动", "请管理员从备份恢复")

# PostgreSQL's states, found by their beginnings (its manual, appendix A).
_STATES: tuple[_Cause, ...] = (
    ("28", *_PASSWORD),
    ("3D000", *_NO_DATABASE),
    ("3F000", "没有可以建表的模式（schema）", "请检查数据库地址里的 search_path"),
    ("57P03", *_STARTING),
    ("57P", *_BROKEN_OFF),
    ("08", *_BROKEN_OFF),
    ("53100", *_FULL),
    ("53200", "数据库服务器的内存不足", "请稍后重新运行，或把 batch_size 调小"),
    ("53300", *_TOO_MANY),
    ("42501", "没有权限", "请管理员授予在这个数据库里建表和读写的权限"),
    ("25006", "数据库只能读取，不能写入", "请换成可写的服务器"),
    ("55P03", *_BUSY),
    ("40", *_BUSY),
    ("57014", "数据库服务器中止了这一步（超时）", "请管理员调高 statement_timeout"),
    ("XX001", *_DAMAGED),
    ("XX002", *_DAMAGED),
    ("58", "数据库服务器读写磁盘出错", "请管理员检查服务器的磁盘"),
    ("23503", *_UNKNOWN_KEY),
)
# A refused connection has no state, only words, which a server may have been told to write in Chinese.
_WORDS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), message, hint)
    for words, message, hint in (
        (
            "authentication failed|no password|role .* does not exist|pg_hba|认证失败|角色.*不存在",
            *_PASSWORD,
        ),
        ("database .* does not exist|数据库.*不存在", *_NO_DATABASE),
        ("starting up|shutting down|recovery mode|正在启动|正在关闭|恢复模式", *_STARTING),
        ("too many (clients|connections)|connection slots|连接.*(已满|过多)", *_TOO_MANY),
        ("closed the connection|is closed|terminat|lost|consuming input|EOF|reset by peer", *_BROKEN_OFF),
        ("connect|resolve host", *_UNREACHABLE),
    )
)


def explain(error: Exception, place: str) -> StoreError:
    """Return what a database's error means to the user."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, SqliteError):
        code, causes = getattr(cause, "sqlite_errorname", None) or "", _SQLITE
    else:
        code, causes = getattr(cause, "sqlstate", None) or "", _STATES
    for beginning, message, hint in causes:
        if code.startswith(beginning):
            return _error(message, place, hint)
    told = str(cause)
    if not code and not isinstance(cause, SqliteError):
        for words, message, hint in _WORDS:
            if words.search(told):
                return _error(message, place, hint)
    return StoreError(f"数据库出错：{code or type(cause).__name__} {told.partition(chr(10))[0]}", where=place)


def _error(message: str, place: str, hint: str) -> StoreError:
    kind = LostStoreError if message in _PASSING else StoreError
    return kind(message, where=place, hint=hint)
