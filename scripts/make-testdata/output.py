"""Collects files with their expectations and writes them."""

import json
import pathlib

import sheet as write


class Output:
    def __init__(self, folder):
        self.folder, self.expected, self.none, self.notes = pathlib.Path(folder), [], [], []

    def emit(self, name, parts, forms, special, *, charset="utf-8", sep=",", layout=None, none=None):
        """Writes one file.

        parts: a Sheet or a list of Sheets and, for docx and html, paragraphs.
        forms: (Form, Sheet) in reading order. special: one phrase for the README.
        none: the code that a reader must report when no form is in it."""
        parts = parts if isinstance(parts, list) else [parts]
        ext = name.rpartition(".")[2]
        data = {
            "xlsx": lambda: write.xlsx(parts),
            "docx": lambda: write.docx(parts),
            "html": lambda: write.page(parts, charset),
            "htm": lambda: write.page(parts, charset),
            "csv": lambda: write.csv(parts[0], charset, sep),
            "tsv": lambda: write.csv(parts[0], charset, "\t"),
        }[ext]()
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        base = path.name
        layout = layout or base.partition("-")[0]
        made, seen = [], {}
        for form, sh in forms:
            tab = sh.name if ext == "xlsx" else None
            e = form.expected(base, tab, layout)
            seen[id(sh)] = seen.get(id(sh), 0) + 1
            e["position"] = seen[id(sh)]
            made.append(e)
        self.expected += made
        if none:
            self.none.append({"file": base, "code": none})
        origin = sorted({f.fact.get("origin", "made up") for f, _ in forms}) or ["made up"]
        self.notes.append((name, layout, special, ", ".join(origin)))
        return made

    def finish(self):
        lines = lambda rows: "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        (self.folder / "expected.jsonl").write_text(lines(self.expected), encoding="utf-8")
        (self.folder / "expected-none.jsonl").write_text(lines(self.none), encoding="utf-8")
