"""The tables of `crawl.db`; an older file grows the columns that it lacks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passes(
  site TEXT, year INTEGER, number INTEGER, began TEXT NOT NULL, ended TEXT, causes TEXT NOT NULL DEFAULT '[]',
  notes TEXT NOT NULL DEFAULT '[]', left_at TEXT,
  PRIMARY KEY(site, year, number));
CREATE TABLE IF NOT EXISTS asks(
  place INTEGER PRIMARY KEY, site TEXT, year INTEGER, number INTEGER, key TEXT, start TEXT, role TEXT,
  ask TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'todo', is_report INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  UNIQUE(site, year, number, key));
CREATE TABLE IF NOT EXISTS rows(
  site TEXT, year INTEGER, number INTEGER, start TEXT, url TEXT, PRIMARY KEY(site, year, number, start, url));
CREATE TABLE IF NOT EXISTS pages(
  url TEXT PRIMARY KEY, sha256 TEXT NOT NULL DEFAULT '', media TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
  chain TEXT NOT NULL DEFAULT '[]', asked TEXT NOT NULL DEFAULT '{}', told TEXT NOT NULL DEFAULT '{}',
  fetched TEXT, checked TEXT, cause TEXT NOT NULL DEFAULT '', may_pass INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS hosts(
  host TEXT PRIMARY KEY, day TEXT NOT NULL DEFAULT '', asked INTEGER NOT NULL DEFAULT 0,
  rest_until REAL NOT NULL DEFAULT 0, cause TEXT NOT NULL DEFAULT '');
"""
# (table, column, declaration) of what came after the first files were written.
_LATER = (
    ("passes", "left_at", "TEXT"),
    ("asks", "tries", "INTEGER NOT NULL DEFAULT 0"),
    ("hosts", "cause", "TEXT NOT NULL DEFAULT ''"),
)


def connected(path: Path) -> sqlite3.Connection:
    """Open the file, made or brought up to the present tables.

    Raises:
        sqlite3.Error: it can't be.
    """
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.executescript(_SCHEMA)
    for table, column, declaration in _LATER:
        if column not in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}:
            try:
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")
            except sqlite3.OperationalError as error:
                # Another process may have been quicker.
                if "duplicate column" not in str(error):
                    raise
    return db
