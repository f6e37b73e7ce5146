"""Writes testdata: python3 scripts/make-testdata/make_testdata.py (openpyxl is needed)."""

import pathlib

import forms_other
import forms_self
import forms_target
import hostile
from output import Output

ROOT = pathlib.Path(__file__).resolve().parents[2] / "testdata"


def main():
    o = Output(ROOT / "forms")
    forms_self.make(o)
    forms_target.make(o)
    forms_other.make(o)
    hostile.make(ROOT / "forms" / "hostile")
    o.finish()
    print(len(o.notes), "files,", len(o.expected), "forms,", sum(len(e["indicators"]) for e in o.expected), "lines")


if __name__ == "__main__":
    main()
