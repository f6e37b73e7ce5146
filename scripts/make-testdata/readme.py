"""Writes testdata/README.md from what was made."""

HEAD = """# Test data

Everything here is made by `scripts/make-testdata` and committed, so that neither `make demo` nor `make test` needs Python.

## Origin and licence

* Figures come from forms that Chinese authorities published under the duty to disclose budgets and their performance. They are facts;
  the tables below name the site (or, where only a copy was at hand, say so) and the place. The layouts, files and wording around
  the figures were made for this project. No file was copied. The files are under the project's licence, Apache-2.0.
* There are no names of persons and no telephone numbers in them; the fields for them are empty.
* `made up` marks figures invented in the manner of such forms. Their places (云岭县, 临江区 …) do not exist.
* In `demo/` everything made up says 示例数据 in the file name and in the title of the sheet.

## Regenerate

    pip install openpyxl
    python3 scripts/make-testdata/make_testdata.py

The same input gives the same bytes. `random_layouts.py FOLDER COUNT SEED` writes any number of other layouts for trying the reader;
none of them is kept. Facts: `facts.jsonl` (published) and `facts.py` (made up).

## What is here

| Folder | What |
| --- | --- |
| `demo/` | {demo} files for `make demo`, by department and year; `demo-expected.jsonl` says what is in them |
| `demo-correction/` | one file of `demo/` again with two values changed: loading it must supersede the first |
| `demo-problems/` | a truncated and a password-protected workbook: loading them must say so |
| `forms/` | {files} files in {layouts} layouts with {forms} forms and {lines} indicator lines for the forms reader |
| `forms/hostile/` | {hostile} files that are broken or not what their names say; `expected.jsonl` holds the code for each |

`forms/expected.jsonl` holds one form a line, in reading order, as a reasonable person reads the sheet. Text is as it stands in
the cells; `target_split` is set where operator, value and unit have cells of their own; `null` is what the form does not show.
Beside the fields of the shared set it has `region`, `position` (of the form in its sheet or table), `cell` of each name (also in
docx and html, counted as in a sheet), `sub_row`, `reason`, `note`, `long_term`, `expected` (monitoring: at the year's end),
`likelihood`, `regions` (a value per town), `tiers`, and `warnings` (codes that the form should raise).
`forms/expected-none.jsonl` lists the files without any form.

Conventions where a form can be read in two ways:

* A row 预算执行率 as level 1 is the budget's score, not an indicator; under 投入 or 过程 it is one.
* Where several score columns stand, the score is the unit's own (自评分), and 折算得分 where scores are converted.
* Weights printed as 20% are 20 points.
* Four tier columns are one target, written `优≥95% 良≥85% 中≥75% 差<75%`.
* With value columns per town the target is the total; without a total no target is compared.
* On a monitoring form the actual is the value at the node and the executed sum that of the node.
* Numbers with a number format count as shown: 0.975 in 0.0% is 97.5%.
* Names keep ★ and 其中 and lose 指标1：, 目标1：, 1., ① and （1）.
* Forms of whole departments have no project.
"""


def write(path, o, d, hostile):
    out = [
        HEAD.format(
            demo=len(d.notes),
            files=len(o.notes),
            layouts=len({n[1] for n in o.notes}),
            forms=len(o.expected),
            lines=sum(len(e["indicators"]) for e in o.expected),
            hostile=len(hostile),
        )
    ]
    out.append("\n## Files of `forms/`\n\n| File | Layout | What is special | Figures from |\n| --- | --- | --- | --- |\n")
    out += [f"| {name} | {layout} | {special} | {origin} |\n" for name, layout, special, origin in o.notes]
    out.append("\n## Files of `forms/hostile/`\n\n| File | What | Code |\n| --- | --- | --- |\n")
    out += [f"| {h['file']} | {h['what']} | {h['code']} |\n" for h in hostile]
    out.append("\n## Files of `demo/`\n\n| File | Place | Figures from | What |\n| --- | --- | --- | --- |\n")
    for (name, _, special, origin), e in zip(d.notes, d.expected):
        out.append(f"| {name} | {d.places[e['id']]} | {origin} | {special} |\n")
    path.write_text("".join(out), encoding="utf-8")
