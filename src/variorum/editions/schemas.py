"""JSON Schemas of an edition's files, for editors that complete and validate as one types."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from variorum import essay
from variorum.editions.files import create_text, read_text, replace_text

MODELS: Mapping[str, type[BaseModel]] = {
    "essay.schema.json": essay.Essay,
    "notes.schema.json": essay.Notes,
    "source.schema.json": essay.Ledger,
}


def make_schemas() -> dict[str, str]:
    """The text of each schema by its file's name (JSON Schema 2020-12)."""
    return {name: _as_text(_schema(model)) for name, model in MODELS.items()}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write what is new or changed into ``folder`` and return it; raises ``InputError``."""
    changed: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in make_schemas().items():
        path = folder / name
        if not path.exists():
            create_text(path, text)
        elif (old := read_text(path)).text != text:
            replace_text(path, old, text)
        else:
            continue
        changed.append(path)
    return tuple(changed)


def _as_text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    remarks = dict(_remarks())
    for name, shape in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        shape.pop("title", None)
        shape["description"] = shape.get("description", name).replace("``", "`")
        for key, field in shape.get("properties", {}).items():
            field.pop("title", None)
            if remark := remarks.get((name, key.replace("-", "_"))):
                field.setdefault("description", remark)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _remarks() -> Iterator[tuple[tuple[str, str], str]]:
    """The text under each field of each model, by names of model and field."""
    for node in ast.parse(inspect.getsource(essay)).body:
        body = node.body if isinstance(node, ast.ClassDef) else []
        for field, below in pairwise(body):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(remark))),
                ) if isinstance(node, ast.ClassDef):
                    yield (node.name, name), inspect.cleandoc(remark).replace("``", "`")
