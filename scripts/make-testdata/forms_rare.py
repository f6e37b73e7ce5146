"""Rarer layouts: bands for levels, subtotals, several years side by side, a table turned on its side."""

from blocks import Form, budget, expected_line, fields, indicators, times, title, total_row
from facts import MADE

from forms_self import STD
from sheet import Sheet


def made(which, kind="self_evaluation", **changes):
    return Form(MADE[which], kind, **changes)


def top(sh, f, n, head, money=True):
    r = title(sh, 1, n, head, f"（{f.fact['year']}年度）")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 1, n - 1)])
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 1, max(1, n // 2 - 1)), ("实施单位", "unit", 1, 1)])
    if money:
        sums = [("init", "年初预算数"), ("full", "全年预算数"), ("exec", "全年执行数"), ("rate", "执行率")]
        r = budget(sh, r, 1, n, f, sums, [("年度资金总额", 1), ("其中：财政拨款", 1)], label="资金（万元）", label_span=n - 4)
    return r


def make(o):
    # Level 1 as a band over all columns, level 2 in its column.
    sh, f = Sheet("自评表"), made("farmland", project="田间道路工程")
    r = top(sh, f, 7, "项目支出绩效自评表")
    for k, h in enumerate(("二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注")):
        sh.put(r, 1 + k, h)
    level = None
    for row in f.fact["rows"]:
        r += 1
        if row["l1"] != level:
            level = row["l1"]
            points = sum(x["weight"] for x in f.fact["rows"] if x["l1"] == level)
            sh.put(r, 1, f"{level}（{points}分）", cs=7)
            r += 1
        cell = None
        for k, key in enumerate(("l2", "l3", "target", "actual", "weight", "score", "blank")):
            where = sh.put(r, 1 + k, row.get(key))
            cell = where if key == "l3" else cell
        f.lines.append(expected_line(row, ["l1", "l2", "l3", "target", "actual", "weight", "score"], cell, False))
    o.emit("k01-level-bands-1.xlsx", sh, [(f, sh)], "level 1 as a band across the table", layout="rare")

    # Subtotals after each level 1.
    sh, f = Sheet("自评表"), made("river", project="河道清淤疏浚")
    r = top(sh, f, 8, "项目支出绩效自评表")
    first = True
    for l1 in ("产出指标", "效益指标", "满意度指标"):
        rows = [row for row in f.fact["rows"] if row["l1"] == l1]
        r = indicators(sh, r, 1, STD, f, rows=rows, header=first)
        first = False
        sh.put(r, 1, "小计", cs=5), sh.put(r, 6, sum(x["weight"] for x in rows)), sh.put(r, 7, sum(x["score"] for x in rows)), sh.put(
            r, 8, None
        )
        r += 1
    total_row(sh, r, 1, 8, f, upto=6)
    o.emit("k02-subtotals-2.xlsx", sh, [(f, sh)], "a subtotal row after each level 1", layout="rare")

    # Both levels in one cell.
    sh, f = Sheet("自评表"), made("police", project="雪亮工程维护")
    r = top(sh, f, 6, "项目支出绩效自评表")
    for k, h in enumerate(("指标类别", "指标名称", "年度指标值", "实际完成值", "分值", "得分")):
        sh.put(r, 1 + k, h)
    for row in f.fact["rows"]:
        r += 1
        for k, v in enumerate((f"{row['l1']}-{row['l2']}", row["l3"], row["target"], row["actual"], row["weight"], row["score"])):
            cell = sh.put(r, 1 + k, v)
        f.lines.append(expected_line(row, ["l1", "l2", "l3", "target", "actual", "weight", "score"], f"B{r}", False))
    o.emit("k03-levels-in-one-cell-3.xlsx", sh, [(f, sh)], "both levels in one cell: 产出指标-数量指标", layout="rare")

    # One header over three cells that have no headers of their own.
    sh, f = Sheet("目标表"), made("bus", "target", project="公交运营补助（合并表头）")
    r = top(sh, f, 7, "项目支出绩效目标表", money=False)
    for k, (h, w) in enumerate((("一级指标", 1), ("二级指标", 1), ("三级指标", 1))):
        sh.put(r, 1 + k, h, cs=w)
    sh.put(r, 4, "年度指标值", cs=3), sh.put(r, 7, "权重")
    indicators(sh, r + 1, 1, [("l1", ""), ("l2", ""), ("l3", ""), ("op", ""), ("val", ""), ("unit", ""), ("weight", "")], f, header=False)
    o.emit("k04-one-header-over-three-4.xlsx", sh, [(f, sh)], "年度指标值 over three cells without sub-headers", layout="rare")

    # The targets of three years; the form is of the first.
    sh, f = Sheet("目标表"), made("museum", "target", year=2024, project="馆藏文物保护项目")
    f.fact["rows"] = [{**row, "y2": times(row["target"], 1.1), "y3": times(row["target"], 1.2)} for row in f.fact["rows"]]
    r = top(sh, f, 6, "项目支出绩效目标表", money=False)
    indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", ("指标值", "2024年")),
            ("y2", ("指标值", "2025年")),
            ("y3", ("指标值", "2026年")),
        ],
        f,
    )
    o.emit("k05-three-years-5.xlsx", sh, [(f, sh)], "a column of targets for each of three years", layout="rare")

    # Points, deduction, score; last year beside this year.
    sh, f = Sheet("自评表"), made("oldtown", project="老旧小区加装电梯补助")
    f.fact["rows"] = [
        {**row, "before": row["target"].lstrip("≥≤="), "cut": round(row["weight"] - row["score"], 2) or None} for row in f.fact["rows"]
    ]
    r = top(sh, f, 10, "项目支出绩效自评表")
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("before", "上年完成值"),
            ("target", "本年目标值"),
            ("actual", "本年完成值"),
            ("weight", "分值"),
            ("cut", "扣分"),
            ("score", "得分"),
            ("reason", "扣分原因"),
        ],
        f,
        points="paren",
    )
    total_row(sh, r, 1, 10, f, upto=8)
    o.emit(
        "k06-last-year-and-deduction-6.xlsx", sh, [(f, sh)], "last year's value beside this year's; points, deduction, score", layout="rare"
    )

    # A row without level 3: its name stands across the columns of levels 2 and 3.
    sh, f = Sheet("自评表"), made("it", project="电子政务网络租赁")
    r = top(sh, f, 8, "项目支出绩效自评表")
    rows = f.fact["rows"]
    r = indicators(sh, r, 1, STD, f, rows=rows[:-1])
    last = rows[-1]
    for k, (v, w) in enumerate(
        (
            (last["l1"], 1),
            (last["l3"], 2),
            (None, 0),
            (last["target"], 1),
            (last["actual"], 1),
            (last["weight"], 1),
            (last["score"], 1),
            (None, 1),
        )
    ):
        if w:
            sh.put(r, 1 + k, v, cs=w)
    f.lines.append({**expected_line(last, ["l1", "l3", "target", "actual", "weight", "score"], f"B{r}", False)})
    total_row(sh, r + 1, 1, 8, f, upto=6)
    o.emit("k07-name-across-levels-7.xlsx", sh, [(f, sh)], "the last name stands across the columns of levels 2 and 3", layout="rare")

    # Turned on its side: an indicator a column.
    sh, f = Sheet("目标表"), made("drought", "target", project="抗旱机井维护（横表）")
    rows = f.fact["rows"]
    n = 1 + len(rows)
    r = title(sh, 1, n, "项目支出绩效目标表（2022年度）")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 1, 2), ("实施单位", "unit", 1, 2)])
    for k, (h, key) in enumerate((("一级指标", "l1"), ("二级指标", "l2"), ("三级指标", "l3"), ("指标值", "target"))):
        sh.put(r + k, 1, h)
        for j, row in enumerate(rows):
            cell = sh.put(r + k, 2 + j, row[key])
            if key == "l3":
                f.lines.append(expected_line(row, ["l1", "l2", "l3", "target"], cell, False))
    o.emit("k08-turned-8.xlsx", sh, [(f, sh)], "the table on its side: an indicator a column", layout="rare")

    # Target and result below each other.
    sh, f = Sheet("自评表"), made("library", project="图书流通服务")
    r = top(sh, f, 7, "项目支出绩效自评表")
    for k, h in enumerate(("一级指标", "二级指标", "三级指标", "项目", "指标值", "分值", "得分")):
        sh.put(r, 1 + k, h)
    for row in f.fact["rows"]:
        r += 1
        for k, key in enumerate(("l1", "l2", "l3")):
            sh.put(r, 1 + k, row[key], rs=2)
        sh.put(r, 4, "年初目标"), sh.put(r, 5, row["target"]), sh.put(r + 1, 4, "实际完成"), sh.put(r + 1, 5, row["actual"])
        sh.put(r, 6, row["weight"], rs=2), sh.put(r, 7, row["score"], rs=2)
        f.lines.append(expected_line(row, ["l1", "l2", "l3", "target", "actual", "weight", "score"], f"C{r}", False))
        r += 1
    o.emit("k09-target-above-result-9.xlsx", sh, [(f, sh)], "two rows an indicator: 年初目标 above 实际完成", layout="rare")

    # The framework of 2013 for a whole department.
    sh, f = Sheet("部门整体自评"), Form(
        MADE["framework"], "department_self_evaluation", project=None, department="临江区商务局", unit="临江区商务局", year=2021, total=94
    )
    names = {"项目决策": "投入", "项目管理": "过程", "项目绩效": "产出及效果"}
    f.fact["rows"] = [{**row, "l1": names[row["l1"]], "rule": "符合要求得满分，不符合酌情扣分"} for row in f.fact["rows"]]
    n = 8
    r = title(sh, 1, n, "部门整体支出绩效自评表", "（2021年度）")
    r = fields(sh, r, 1, n, f, [("部门名称", "department", 1, 7)])
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("weight", "分值"),
            ("rule", "评分标准", 2),
            ("score", "自评得分"),
            ("reason", "扣分原因"),
        ],
        f,
        points="paren",
        l2points="paren",
    )
    total_row(sh, r, 1, n, f, upto=6, last=1)
    o.emit(
        "k10-department-framework-10.xlsx",
        sh,
        [(f, sh)],
        "department self-evaluation by the framework: 投入, 过程, 产出及效果; no targets",
        layout="rare",
    )

    # Goals and their sums first, then indicators by goal.
    sh, f = Sheet("t"), made("cost2021", "target", year=2025, project="城区清扫保洁市场化服务")
    r = title(sh, 1, 6, "2025年度项目支出绩效目标申报表")
    r = fields(sh, r, 1, 6, f, [("项目名称", "project", 1, 2), ("项目代码", "=45122325T000000123", 1, 2)])
    r = fields(sh, r, 1, 6, f, [("项目主管部门", "department", 1, 2), ("项目承担单位", "unit", 1, 2)])
    r = fields(sh, r, 1, 6, f, [("申请资金总额（元）", "=28,600,000.00", 1, 2), ("其中：本级财政资金（元）", "=28,600,000.00", 1, 2)])
    f.shown.update(budget_unit="元", budget_full_year=28600000)
    for k, g in enumerate(("目标1：清扫保洁412万平方米道路。", "目标2：清运生活垃圾9.6万吨。")):
        sh.put(r + k, 1, "年度绩效目标" if k == 0 else None, rs=2) if k == 0 else None
        sh.put(r + k, 2, g, cs=5)
    indicators(
        sh,
        r + 2,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("opval", "指标值"), ("unit", "单位"), ("weight", "分值权重（90）")],
        f,
        points="paren",
    )
    o.emit(
        "k11-goals-and-codes-11.docx",
        sh,
        [(f, sh)],
        "Word; sums in 元 in label and value pairs; two goals; unit in a column",
        layout="rare",
    )

    # Two sheets' worth of a form on one: the indicators beside the head.
    sh, f = Sheet("自评表"), made("court", project="诉讼服务中心运行经费")
    title(sh, 1, 11, "项目支出绩效自评表（2023年度）")
    for k, (label, key) in enumerate((("项目名称", "project"), ("主管部门", "department"), ("实施单位", "unit"))):
        fields(sh, 2 + k, 1, 3, f, [(label, key, 1, 2)])
    for k, (label, v) in enumerate(
        (("年初预算数（万元）", 324), ("全年预算数（万元）", 324), ("全年执行数（万元）", 311.04), ("执行率", "96.00%"))
    ):
        sh.put(5 + k, 1, label), sh.put(5 + k, 2, v, cs=2)
    f.shown.update(budget_initial=324, budget_full_year=324, executed=311.04)
    indicators(
        sh,
        2,
        5,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年度指标值"),
            ("actual", "实际完成值"),
            ("weight", "分值"),
            ("score", "得分"),
        ],
        f,
    )
    o.emit("k12-indicators-beside-head-12.xlsx", sh, [(f, sh)], "head on the left, indicators on the right", layout="rare")
