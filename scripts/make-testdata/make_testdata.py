"""Writes testdata: python3 scripts/make-testdata/make_testdata.py (openpyxl is needed)."""

import pathlib

import demo
import forms_more
import forms_rare
import forms_other
import forms_self
import forms_target
import hostile
import readme
from output import Output

ROOT = pathlib.Path(__file__).resolve().parents[2] / "testdata"


def main():
    o = Output(ROOT / "forms")
    forms_self.make(o)
    forms_target.make(o)
    forms_other.make(o)
    forms_more.make(o)
    forms_rare.make(o)
    bad = hostile.make(ROOT / "forms" / "hostile")
    o.finish()
    d = demo.make(ROOT)
    print("demo:", len(d.notes), "files,", sum(len(e["indicators"]) for e in d.expected), "lines")
    readme.write(ROOT / "README.md", o, d, bad)
    print(len(o.notes), "files,", len(o.expected), "forms,", sum(len(e["indicators"]) for e in o.expected), "lines")


if __name__ == "__main__":
    main()
