"""Rows to work with, written as the stores write them."""

import hashlib
from typing import Any

from archivist.model.ids import new_id
from archivist.storage.engine import Database

Row = dict[str, Any]


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def add(db: Database, table: str, row: Row) -> str:
    row = {"id": new_id(), **row}
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))  # noqa: S608
    return str(row["id"])


def edit(db: Database, table: str, row_id: str, **values: object) -> None:
    changes = ", ".join(f"{column} = ?" for column in values)
    db.execute(f"UPDATE {table} SET {changes} WHERE id = ?", [*values.values(), row_id])  # noqa: S608


def row(db: Database, table: str, row_id: str) -> Row:
    return next(db.query(f"SELECT * FROM {table} WHERE id = ?", [row_id]))  # noqa: S608


def add_document(db: Database, title: str = "Report") -> str:
    return add(
        db,
        "documents",
        {
            "sha256": sha256(new_id()),
            "size": 5,
            "kind": "txt",
            "title": title,
            "file_name": "report.txt",
            "imported_at": "2026-11-24T10:00:00.000Z",
        },
    )


def add_text(db: Database, document: str, content: str = "They came at night.") -> str:
    text = {
        "document_id": document,
        "origin": "extracted",
        "engine": "plain",
        "engine_version": "1",
        "sha256": sha256(content),
        "characters": len(content),
        "created_at": "2026-11-24T10:00:00.000Z",
        "sections": "[]",
        "content": content,
    }
    return add(db, "texts", text)


def add_quote(db: Database, document: str, note: str = "") -> str:
    quote = {"document_id": document, "anchor": '{"exact": "at night"}', "note": note}
    return add(db, "quotes", {**quote, "created_at": "2026-11-24T10:00:00.000Z"})


def add_tag(db: Database, name: str = "torture") -> str:
    return add(db, "tags", {"name": name, "name_key": name})


def put_tag_on(db: Database, quote: str, tag: str) -> str:
    return add(db, "quote_tags", {"quote_id": quote, "tag_id": tag})
