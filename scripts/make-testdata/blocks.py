"""The parts a form is made of: title, fields, budget, goal, indicators.

Every function writes into a Sheet and returns the next free row. Form collects
what a reasonable reader finds on the sheet, from the same facts.
"""

import re

from sheet import Sheet

OPS = ("≥", "≤", "＞", "＜", ">=", "<=", ">", "<", "=", "＝", "≧", "≦", "═")


def split_target(text):
    """operator, value and unit of a target, as three columns show them."""
    m = re.fullmatch(r"(>=|<=|[≥≤＞＜><=＝≧≦═]?)\s*(-?[\d,]+(?:\.\d+)?)\s*([^\d\s,，、。;；]{0,8})", text or "")
    if not m or (m[3] and m[3][0] in "-—至以及达年月"):
        return "定性", text or "", ""
    return m[1] or "=", m[2], m[3]


def times(text, factor):
    """A target with its number multiplied, unless it is a rate or no number."""
    op, value, unit = split_target(text)
    if op in ("定性", "=") or "%" in unit:
        return text
    return f"{op}{number(round(float(value) * factor, 2))}{unit}"


def number(text):
    """The number that text is, or text."""
    try:
        f = float(str(text).replace(",", ""))
    except ValueError:
        return text
    return int(f) if f == int(f) else f


class Form:
    """A form being written: its facts and what the sheet will show of them."""

    def __init__(self, fact, kind, **changes):
        self.fact = {**fact, "rows": list(fact["rows"]), **changes}
        self.kind = kind
        self.lines, self.shown, self.extra = [], {}, {}

    def expected(self, file, sheet, layout):
        f = self.fact
        out = {
            "id": f.get("id") or "",
            "form": self.kind,
            "year": f.get("year"),
            "region": self.shown.get("region"),
            "department": self.shown.get("department"),
            "unit": self.shown.get("unit"),
            "project": self.shown.get("project"),
            "sector": f.get("sector"),
            "file": file,
            "sheet": sheet,
            "layout": layout,
            "budget_unit": self.shown.get("budget_unit", "万元"),
        }
        for key in ("budget_initial", "budget_full_year", "executed", "execution_score", "total_score", "grade"):
            out[key] = self.shown.get(key)
        out.update(self.extra)
        out["indicators"] = self.lines
        return out


def title(sh, r, ncols, text, second=None, c=1):
    sh.put(r, c, text, cs=ncols)
    if second:
        sh.put(r + 1, c, second, cs=ncols)
        return r + 2
    return r + 1


def fields(sh, r, c, ncols, form, pairs):
    """A row of label and value pairs: (label, key, label span, value span).

    key names a fact (project, department, unit, region) that counts as shown,
    or starts with "=" for literal text. The last value takes the rest."""
    at = c
    for k, (label, key, lspan, vspan) in enumerate(pairs):
        sh.put(r, at, label, cs=lspan)
        at += lspan
        if k == len(pairs) - 1:
            vspan = c + ncols - at
        if key.startswith("="):
            value = key[1:]
        else:
            value = form.fact.get(key)
            if key in ("project", "department", "unit", "region", "grade", "total_score"):
                form.shown[key] = value
        sh.put(r, at, value, cs=vspan)
        at += vspan
    return r + 1


def money(form, value, unit):
    """value (万元) in unit, as it stands on the sheet."""
    if value is None or isinstance(value, str):
        return value
    factor = {"元": 10000, "万元": 1, "亿元": 0.0001}[unit]
    return number(round(value * factor, 8))


BUDGET_KEYS = {"init": "budget_initial", "full": "budget_full_year", "exec": "executed", "score": "execution_score"}


def budget(
    sh,
    r,
    c,
    ncols,
    form,
    cols,
    rows,
    *,
    side=None,
    side_span=1,
    label_span=1,
    label="",
    unit="万元",
    fmt=None,
    dash="—",
    text=False,
    header=True,
    spans=None,
    points=10,
    rate="0.00%",
    total=0,
    rate_as="text",
):
    """The budget table: a column per (key, header), a row per (label, share).

    share is the part of the fact's sums that the row holds: 1 for all, 0 for
    zeros, None for blanks, or a dict of sums. The row numbered total is the one
    a reader takes; only it shows points, rate and score."""
    n = len(rows) + (1 if header else 0)
    form.shown["budget_unit"] = unit
    first = c
    if side:
        sh.put(r, c, side, rs=n, cs=side_span)
        c += side_span
    spans = list(spans or [1] * len(cols))
    used = (side_span if side else 0) + label_span + sum(spans)
    spans[-1] += ncols - used
    assert min(spans) > 0, f"budget is wider than {ncols} columns"
    if header:
        sh.put(r, c, label, cs=label_span)
        at = c + label_span
        for (key, head), span in zip(cols, spans):
            sh.put(r, at, head, cs=span)
            at += span
        r += 1
    f = form.fact
    for k, (name, share) in enumerate(rows):
        sh.put(r, c, name, cs=label_span)
        at = c + label_span
        for (key, _), span in zip(cols, spans):
            v, vf = None, None
            if key in ("init", "full", "exec", "balance", "last"):
                whole = f.get(key) if key != "balance" else round((f.get("full") or 0) - (f.get("exec") or 0), 6)
                if isinstance(share, dict):
                    v = share.get(key)
                elif share is not None and whole is not None:
                    v = whole if share == 1 else 0 if share == 0 else round(whole * share, 6)
                v, vf = money(form, v, unit), fmt
                if text and v is not None and not isinstance(v, str):
                    v = f"{v:,.2f}" if text == "thousands" else f"{v}{text if isinstance(text, str) else ''}"
                if k == total and key in BUDGET_KEYS and share is not None:
                    form.shown[BUDGET_KEYS[key]] = money(form, f.get(key), unit)
            elif k == total:
                if key == "rate" and f.get("full"):
                    p = (f.get("exec") or 0) / f["full"]
                    v, vf = (p, rate) if rate_as == "number" else (f"{p * 100:.2f}%", None)
                    if rate_as == "bare":
                        v = round(p * 100, 2)
                elif key == "points":
                    v = points
                elif key == "score":
                    v = f.get("exec_score")
                    form.shown["execution_score"] = v
            elif key in ("rate", "points", "score"):
                v = dash
            sh.put(r, at, v, cs=span, fmt=vf if not isinstance(v, str) else None)
            at += span
        r += 1
    return r


def budget_list(sh, r, c, ncols, form, rows, *, side=None, side_span=2, label_span=1, unit="万元", fmt=None, key="full"):
    """Target forms: a label and one sum a row; share as in budget()."""
    form.shown["budget_unit"] = unit
    if side:
        sh.put(r, c, side, rs=len(rows), cs=side_span)
    for k, (name, share) in enumerate(rows):
        at = c + (side_span if side else 0)
        sh.put(r, at, name, cs=label_span)
        at += label_span
        v = form.fact.get(key)
        v = None if share is None or v is None else money(form, round(v * share, 6), unit)
        sh.put(r, at, v, cs=c + ncols - at, fmt=fmt)
        r += 1
    form.shown["budget_full_year"] = money(form, form.fact.get(key), unit)
    return r


def goal(sh, r, c, ncols, form, *, label="年度总体目标", label_span=1, heads=("预期目标", "实际完成情况"), left=None):
    """The goal: one cell, or two under headings."""
    f = form.fact
    if not heads:
        sh.put(r, c, label, cs=label_span)
        sh.put(r, c + label_span, f.get("goal"), cs=ncols - label_span)
        return r + 1
    left = left or (ncols - label_span) // 2
    sh.put(r, c, label, rs=2, cs=label_span)
    sh.put(r, c + label_span, heads[0], cs=left)
    sh.put(r, c + label_span + left, heads[1], cs=ncols - label_span - left)
    sh.put(r + 1, c + label_span, f.get("goal"), cs=left)
    sh.put(r + 1, c + label_span + left, f.get("goal_actual"), cs=ncols - label_span - left)
    return r + 2


CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
TEMPLATES = ("指标2：", "……", "…", "指标3：")


def indicators(
    sh,
    r,
    c,
    cols,
    form,
    *,
    side=None,
    levels=("merge", "merge"),
    points=None,
    l2points=None,
    numbering=None,
    templates=0,
    numeric=True,
    header=True,
    rows=None,
    blank_after=(),
    not_lines=(),
    names=None,
):
    """The indicator table.

    cols: (key, header[, span[, fmt]]); header is a text or a tuple for header
    rows above each other. Keys: seq l1 l2 l3 op val unit opval target long
    actual weight score reason and any other key of a row; blank for nothing.
    levels: how levels 1 and 2 stand in their cells (merge repeat first middle none).
    points: how level 1 shows its points (paren newline bare range), from the weights.
    templates: 1 puts an unused row into every second group, 2 into each.
    """
    rows = form.fact["rows"] if rows is None else rows
    cols = [tuple(col) + (1, None)[len(col) - 2 :] for col in cols]
    heads = [h if isinstance(h, tuple) else (h,) for _, h, _, _ in cols]
    depth = max(len(h) for h in heads)
    start = r
    left = c + (1 if side else 0)
    if header:
        for d in range(depth):
            at = left
            k = 0
            while k < len(cols):
                h = heads[k]
                if len(h) <= d:
                    at += cols[k][2]
                    k += 1
                    continue
                last = d == len(h) - 1
                span = cols[k][2]
                j = k + 1
                while not last and j < len(cols) and len(heads[j]) > d + 1 and heads[j][: d + 1] == h[: d + 1]:
                    span += cols[j][2]
                    j += 1
                sh.put(r + d, at, h[d], rs=depth - d if last else 1, cs=span)
                at += span
                k = j
        r += depth
    # Rows as they will stand, unused template rows among them.
    body, group, count = [], None, 0
    for i, row in enumerate(rows):
        body.append(row)
        count += 1
        nxt = rows[i + 1] if i + 1 < len(rows) else None
        if nxt is None or (nxt["l1"], nxt["l2"]) != (row["l1"], row["l2"]):
            if templates == 2 or (templates == 1 and count % 2):
                body.append({"l1": row["l1"], "l2": row["l2"], "unused": TEMPLATES[len(body) % 4]})
    sums = {}
    for row in rows:
        for key in (row["l1"], (row["l1"], row["l2"])):
            sums[key] = sums.get(key, 0) + (row.get("weight") or 0)
    keys = [col[0] for col in cols]
    split = "val" in keys
    seq = 0
    for i, row in enumerate(body):
        at = left
        unused = row.get("unused")
        seq += not unused
        line, cell = {}, None
        for key, _, span, fmt in cols:
            v = None
            rs = 1
            if key in ("l1", "l2"):
                mine = row["l1"] if key == "l1" else (row["l1"], row["l2"])
                same = lambda o: (o["l1"] if key == "l1" else (o["l1"], o["l2"])) == mine
                a = i
                while a > 0 and same(body[a - 1]):
                    a -= 1
                z = i
                while z + 1 < len(body) and same(body[z + 1]):
                    z += 1
                text = row[key]
                if text and key == "l1" and points and sums[mine]:
                    p = number(sums[mine])
                    text += {"paren": f"（{p}分）", "newline": f"\n({p}分)", "bare": f"{p}分", "ascii": f"({p}分)", "range": f"(0-{p})分"}[
                        points
                    ]
                if text and key == "l2" and l2points and sums[mine]:
                    text += {"bare": f"{number(sums[mine])}分", "paren": f"（{number(sums[mine])}分）"}[l2points]
                mode = levels[0 if key == "l1" else 1]
                if mode == "merge":
                    if i != a:
                        at += span
                        continue
                    v, rs = text, z - a + 1
                elif mode == "repeat":
                    v = text
                elif mode == "first":
                    v = text if i == a else None
                elif mode == "middle":
                    v = text if i == (a + z) // 2 else None
            elif unused:
                v = unused if key == "l3" else None
            elif key == "seq":
                v = seq
            elif key == "l3":
                v = row["l3"]
                if not row.get("sub"):
                    mark = numbering(i, body) if callable(numbering) else numbering
                    if mark:
                        n = 1 + sum(
                            1 for o in body[:i] if not o.get("unused") and not o.get("sub") and (o["l1"], o["l2"]) == (row["l1"], row["l2"])
                        )
                        v = mark.replace("%d", str(n)).replace("%c", CIRCLED[n - 1]) + v
                if names:
                    v = names(v)
            elif key in ("op", "val", "unit", "opval", "valunit"):
                o, n_, u = row.get("split") or split_target(row.get("target"))
                v = {"op": o, "val": number(n_) if numeric else n_, "unit": u, "valunit": n_ + u, "opval": n_ if o == "定性" else o + n_}[
                    key
                ]
                if not row.get("target"):
                    v = None
                if fmt and not isinstance(v, str) and v is not None and "%" in fmt:
                    v = v / 100
            elif key == "blank":
                v = None
            else:
                v = row.get(key)
                if key in ("weight", "score") and v is not None and fmt and "%" in fmt:
                    v = v / 100
            where = sh.put(r, at, v, rs=rs, cs=span, fmt=fmt if not isinstance(v, str) else None)
            if key == "l3":
                cell = where
            at += span
        if not unused and row not in not_lines:
            form.lines.append(expected_line(row, keys, cell, split))
        r += 1
        if i in blank_after:
            r += 1
    if side:
        sh.put(start, c, side, rs=r - start)
    return r


def expected_line(row, keys, cell, split):
    """What a reader finds of row where the columns keys are shown."""
    line = {
        "l1": row["l1"] if "l1" in keys else None,
        "l2": row["l2"] if "l2" in keys else None,
        "l3": row["l3"],
        "target": None,
        "actual": None,
        "weight": None,
        "score": None,
    }
    if {"target", "val", "opval", "valunit"} & set(keys):
        line["target"] = row.get("target")
        if split and row.get("target"):
            o, v, u = row.get("split") or split_target(row["target"])
            line["target_split"] = [o, v, u]
            line["target"] = ("" if o == "定性" else o) + v + u
    for key in ("actual", "weight", "score"):
        if key in keys:
            line[key] = row.get(key)
    for key, word in (("long", "long_term"), ("reason", "reason"), ("expected", "expected"), ("basis", "note"), ("explain", "note")):
        if key in keys and row.get(key):
            line[word] = row[key]
    if row.get("sub"):
        line["sub_row"] = True
    if cell:
        line["cell"] = cell
    return line


def total_row(sh, r, c, ncols, form, *, label="总分", upto=None, show=True, points=None, last=1):
    """The row of the total; upto is how many columns its label takes."""
    upto = upto or ncols - 1 - last
    f = form.fact
    t = f.get("total")
    sh.put(r, c, label, cs=upto)
    at = c + upto
    if points is not None:
        sh.put(r, at, points)
        at += 1
    sh.put(r, at, t)
    if show and t is not None:
        form.shown["total_score"] = t
    if at + 1 < c + ncols:
        sh.put(r, at + 1, None, cs=c + ncols - at - 1)
    return r + 1


def foot(sh, r, c, ncols, *texts):
    for t in texts:
        sh.put(r, c, t, cs=ncols)
        r += 1
    return r


SIGN = "填报人：　　　　联系电话：　　　　填报日期：　　年　　月　　日"
