"""More layouts that offices really use: repeated heads, values in two cells, many indicators in a cell, nested pages."""

from blocks import Form, budget, fields, indicators, split_target, title, total_row
from facts import MADE
import forms_self
import forms_target
from forms_self import MOF_FUNDS, MOF_SUMS, STD
from sheet import Sheet


def made(which, kind="self_evaluation", **changes):
    return Form(MADE[which], kind, **changes)


def make(o):
    # An attainment column and a scoring rule between the values and the score.
    sh, f = Sheet("自评表"), made("road", project="农村公路养护工程补助")
    rates = ("100.00%", "94.42%", "104.50%", "133.33%", "100.00%", "122.00%", None, "107.06%")
    f.fact["rows"] = [
        {**row, "rate": r, "rule": "完成目标值得满分，每低1%扣0.5分，扣完为止", "kind": "反向" if row["target"].startswith("≤") else "正向"}
        for row, r in zip(f.fact["rows"], rates)
    ]
    forms_self.mof(
        sh,
        f,
        head="项目支出绩效自评表",
        points="paren",
        cols=[
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("kind", "指标方向"),
            ("weight", "分值"),
            ("target", "年度指标值（A）"),
            ("actual", "实际完成值（B）"),
            ("rate", "完成率（B/A）"),
            ("rule", "评分标准"),
            ("score", "得分"),
            ("reason", "偏差原因分析及改进措施"),
        ],
    )
    o.emit("h01-rate-and-rule-columns-1.xlsx", sh, [(f, sh)], "columns for direction, attainment and scoring rule", layout="more")

    # The actual in two cells as well.
    sh, f = Sheet("自评表"), made("police", project="智慧安防小区建设（三期）")
    rows = []
    for row in f.fact["rows"]:
        op, v, u = split_target(row["actual"])
        rows.append({**row, "av": v, "au": u})
    f.fact["rows"] = rows
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标"),
        ("op", ("年度指标值", "运算符")),
        ("val", ("年度指标值", "指标值")),
        ("unit", ("年度指标值", "计量单位")),
        ("av", ("实际完成情况", "完成值")),
        ("au", ("实际完成情况", "计量单位")),
        ("weight", "分值"),
        ("score", "得分"),
        ("reason", "未完成原因"),
    ]
    forms_self.mof(sh, f, points="newline", cols=cols)
    for line, row in zip(f.lines, rows):
        line["actual"] = row["actual"]
    o.emit("h02-actual-in-two-cells-2.xlsx", sh, [(f, sh)], "the actual in two cells, value and unit", layout="more")

    # Printed pages: the head of the table stands again in the middle.
    sh, f = Sheet("自评表"), made("farmland", project="高标准农田建设项目（续建）")
    rows = f.fact["rows"]
    n = 9
    r = title(sh, 1, n, "项目支出绩效自评表", "（2023年度）")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 3)])
    r = budget(sh, r, 1, n, f, MOF_SUMS, MOF_FUNDS, side="项目资金\n（万元）", label_span=2)
    r = indicators(sh, r, 1, STD, f, side="绩效指标", rows=rows[:7])
    sh.put(r, 1, "续表", cs=n)
    r = indicators(sh, r + 1, 1, STD, f, side="绩效指标", rows=rows[7:])
    total_row(sh, r, 1, n, f, upto=7)
    o.emit("h03-head-repeated-3.xlsx", sh, [(f, sh)], "续表: the header stands again in the middle of one form", layout="more")

    # Points and scores as text, the total and the grade in one cell.
    sh, f = Sheet("自评表"), made("river", project="河道保洁项目")
    rows = f.fact["rows"]
    forms_self.mof(sh, f, points="paren", total=False, signed=False)
    for at, (v, rs, cs, fmt) in list(sh.cells.items()):
        if at[1] in (7, 8) and at[0] > 12 and isinstance(v, (int, float)):
            sh.cells[at] = (f"{v}分", rs, cs, fmt)
    r = sh.size()[0] + 1
    sh.put(r, 1, "自评总分：99.8分", cs=5), sh.put(r, 6, "自评等级：优", cs=4)
    f.shown.update(total_score=99.8, grade="优")
    o.emit("h04-points-as-text-4.xlsx", sh, [(f, sh)], "points written 10分; 自评总分：99.8分 in a cell", layout="more")

    # The budget below the indicators, in one line.
    sh, f = Sheet("自评表"), made("museum", project="博物馆免费开放（年度自评）")
    n = 8
    r = title(sh, 1, n, "2024年度项目绩效自评表")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 1, 3), ("项目单位", "unit", 1, 3)])
    r = indicators(sh, r, 1, STD, f)
    r = total_row(sh, r, 1, n, f, upto=6)
    for k, (a, b) in enumerate(
        (("年初预算数（万元）", 120), ("全年预算数（万元）", 120), ("全年执行数（万元）", 116.4), ("预算执行率", "97.00%"))
    ):
        sh.put(r, 1 + 2 * k, a), sh.put(r, 2 + 2 * k, b)
    f.shown.update(budget_initial=120, budget_full_year=120, executed=116.4)
    o.emit("h05-budget-at-foot-5.xlsx", sh, [(f, sh)], "budget below the indicators, in one row", layout="more")

    # A wide self-evaluation of several projects.
    sh, forms = Sheet("自评汇总"), []
    r = title(sh, 1, 13, "2022年度项目支出绩效自评汇总表", "金额单位：万元")
    for k, h in enumerate(
        (
            "序号",
            "项目名称",
            "实施单位",
            "全年预算数",
            "全年执行数",
            "执行率",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
        )
    ):
        sh.put(r, 1 + k, h)
    r += 1
    for i, which in enumerate(("drought", "library", "road")):
        f = made(which, year=2022)
        m = len(f.fact["rows"])
        for k, v in enumerate(
            (i + 1, f.fact["project"], f.fact["unit"], f.fact["full"], f.fact["exec"], f"{f.fact['exec'] / f.fact['full'] * 100:.2f}%")
        ):
            sh.put(r, 1 + k, v, rs=m)
        f.shown.update(project=f.fact["project"], unit=f.fact["unit"], budget_full_year=f.fact["full"], executed=f.fact["exec"])
        r = indicators(
            sh, r, 7, [("l1", ""), ("l2", ""), ("l3", ""), ("target", ""), ("actual", ""), ("weight", ""), ("score", "")], f, header=False
        )
        forms.append((f, sh))
    o.emit("h06-wide-self-6.xlsx", sh, forms, "self-evaluations of three projects in one table, merged levels", layout="more")

    # One row per project, one column per class of indicator.
    sh, forms = Sheet("目标汇总"), []
    groups = (
        ("数量指标", "产出指标"),
        ("质量指标", "产出指标"),
        ("时效指标", "产出指标"),
        ("成本指标", "产出指标"),
        ("社会效益指标", "效益指标"),
        ("服务对象满意度指标", "满意度指标"),
    )
    title(sh, 1, 10, "2023年部门预算项目绩效目标一览表（单位：万元）")
    for k, h in enumerate(("序号", "项目名称", "预算数", "绩效目标")):
        sh.put(2, 1 + k, h, rs=2)
    sh.put(2, 5, "产出指标", cs=4), sh.put(2, 9, "效益指标"), sh.put(2, 10, "满意度指标")
    for k, (l2, _) in enumerate(groups):
        sh.put(3, 5 + k, l2)
    for i, which in enumerate(("drought", "it", "library")):
        f = made(which, "target", year=2023)
        f.fact["rows"] = [row for row in f.fact["rows"] if row["l2"] in dict(groups) and split_target(row["target"])[0] in ("≥", "≤", "=")]
        for k, v in enumerate((i + 1, f.fact["project"], f.fact["full"], f.fact["goal"])):
            sh.put(4 + i, 1 + k, v)
        for k, (l2, _) in enumerate(groups):
            mine = [row for row in f.fact["rows"] if row["l2"] == l2]
            cell = sh.put(4 + i, 5 + k, "；".join(row["l3"] + row["target"] for row in mine) or None)
            f.lines += [
                {
                    "l1": row["l1"],
                    "l2": l2,
                    "l3": row["l3"],
                    "target": row["target"],
                    "actual": None,
                    "weight": None,
                    "score": None,
                    "cell": cell,
                }
                for row in mine
            ]
        f.shown.update(project=f.fact["project"], budget_full_year=f.fact["full"])
        forms.append((f, sh))
    o.emit(
        "h07-one-row-per-project-7.xlsx", sh, forms, "one project a row, a column per class, names and values run together", layout="more"
    )

    # A page with a table for its frame.
    sh, f = Sheet("t"), made("oldtown", project="老旧小区改造（公示）")
    forms_self.mof(sh, f, points="ascii", signed=False)
    o.emit("h08-nested-page-8.html", sh, [(f, sh)], "web page, the form nested in a layout table", layout="more")
    path = o.folder / "h08-nested-page-8.html"
    text = path.read_text(encoding="utf-8")
    text = text.replace("<table>", '<table width="100%"><tr><td class="side"><ul><li>首页</li><li>政务公开</li></ul></td><td><table>', 1)
    at = text.rindex("</table>") + len("</table>")
    path.write_text(text[:at] + "</td></tr></table>" + text[at:], encoding="utf-8")

    # Head and indicators in two tables.
    head, f = Sheet("t", before=["附件4", "项目支出绩效自评表", "（2021年度）"]), made("river", year=2021, project="河湖长制工作经费")
    r = fields(head, 1, 1, 8, f, [("项目名称", "project", 2, 6)])
    r = fields(head, r, 1, 8, f, [("主管部门", "department", 2, 2), ("实施单位", "unit", 1, 3)])
    budget(head, r, 1, 8, f, MOF_SUMS, MOF_FUNDS, side="项目资金（万元）", label_span=1)
    body = Sheet("t")
    r = indicators(body, 1, 1, STD, f, points="paren")
    total_row(body, r, 1, 8, f, upto=6)
    o.emit(
        "h09-two-tables-word-9.docx",
        [head, "绩效指标完成情况：", body],
        [(f, body)],
        "Word, head and indicators in two tables",
        layout="more",
    )

    # Several indicators in one cell, line by line.
    sh, f = Sheet("t", before=["项目支出绩效自评表", "（2022年度）"]), made("library", year=2022, project="基层文化服务补助")
    r = fields(sh, 1, 1, 7, f, [("项目名称", "project", 2, 5)])
    r = fields(sh, r, 1, 7, f, [("主管部门", "department", 2, 2), ("实施单位", "unit", 1, 2)])
    for k, h in enumerate(("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")):
        sh.put(r, 1 + k, h)
    rows = f.fact["rows"]
    groups2 = []
    for row in rows:
        if groups2 and groups2[-1][0]["l2"] == row["l2"]:
            groups2[-1].append(row)
        else:
            groups2.append([row])
    for g in groups2:
        r += 1
        join = lambda key: "\n".join(str(x[key]) for x in g)
        sh.put(r, 1, g[0]["l1"]), sh.put(r, 2, g[0]["l2"])
        cell = sh.put(r, 3, "\n".join(f"指标{i + 1}：{x['l3']}" for i, x in enumerate(g)) if len(g) > 1 else g[0]["l3"])
        sh.put(r, 4, join("target")), sh.put(r, 5, join("actual")), sh.put(r, 6, join("weight")), sh.put(r, 7, join("score"))
        f.lines += [
            {
                "l1": x["l1"],
                "l2": x["l2"],
                "l3": x["l3"],
                "target": x["target"],
                "actual": x["actual"],
                "weight": x["weight"],
                "score": x["score"],
                "cell": cell,
            }
            for x in g
        ]
    o.emit(
        "h10-many-in-a-cell-10.docx",
        sh,
        [(f, sh)],
        "Word, two indicators in one cell line by line, values and weights likewise",
        layout="more",
    )

    # Levels with numbers of their own.
    sh, f = Sheet("自评表"), made("school-meal", project="营养改善计划补助")
    forms_self.mof(sh, f, points=None, numbering="%d、")
    number = {"产出指标": "一、产出指标（分值50）", "效益指标": "二、效益指标（分值30）", "满意度指标": "三、满意度指标（分值10）"}
    inner = {
        "数量指标": "（一）数量指标",
        "质量指标": "（二）质量指标",
        "时效指标": "（三）时效指标",
        "成本指标": "（四）成本指标",
        "社会效益指标": "（一）社会效益指标",
        "可持续影响指标": "（二）可持续影响指标",
        "服务对象满意度指标": "（一）服务对象满意度指标",
    }
    for at, (v, rs, cs, fmt) in list(sh.cells.items()):
        if at[1] in (2, 3) and (v in number or v in inner):
            sh.cells[at] = ({**number, **inner}[v], rs, cs, fmt)
    o.emit(
        "h11-numbered-levels-11.xlsx",
        sh,
        [(f, sh)],
        "numbered levels: 一、产出指标（分值50）, （一）数量指标, 1、 before names",
        layout="more",
    )

    # The year in a cell of its own, project codes, kind of value.
    sh, f = Sheet("绩效目标表"), made("court", "target", year=2025, project="230107-法院办案业务费")
    f.fact["rows"] = [{**row, "sort": "定性" if split_target(row["target"])[0] == "定性" else "定量"} for row in f.fact["rows"]]
    r = title(sh, 1, 9, "部门预算项目支出绩效目标表")
    r = fields(sh, r, 1, 9, f, [("预算年度", "=2025", 2, 2), ("金额单位", "=万元", 1, 2), ("项目编码", "=23010725T000000001", 1, 1)])
    sh.cells[r - 1, 3] = (2025, 1, 2, None)
    r = fields(sh, r, 1, 9, f, [("项目名称", "project", 2, 2), ("预算部门", "department", 1, 4)])
    r = fields(sh, r, 1, 9, f, [("预算单位", "unit", 2, 2), ("预算金额", "=324", 1, 4)])
    sh.cells[r - 1, 6] = (324, 1, 4, None)
    f.shown["budget_full_year"] = 324
    r = fields(sh, r, 1, 9, f, [("年度绩效目标", "=" + f.fact["goal"], 2, 7)])
    indicators(
        sh,
        r,
        1,
        [
            ("seq", "序号"),
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("sort", "指标值类型"),
            ("op", "计算符号"),
            ("val", "指标值"),
            ("unit", "指标值单位"),
            ("weight", "指标分值（权重）"),
        ],
        f,
        levels=("repeat", "repeat"),
    )
    o.emit(
        "h12-codes-and-year-cell-12.xlsx",
        sh,
        [(f, sh)],
        "year in a cell of its own; project code; 指标值类型, 计算符号, 指标值单位",
        layout="more",
    )

    # A form among other tables of a budget book, with its unit above it.
    sh, f = Sheet("预算公开表"), made("drought", "target", year=2024, project="抗旱物资储备")
    title(sh, 1, 6, "云岭县水利局2024年部门预算公开表")
    for i, row in enumerate(
        (
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"),
            ("2130301", "行政运行", 1498.1, 1498.1, None, None),
            ("2130305", "水利工程建设", 3606.12, None, 3606.12, None),
            (None, "合计", 5104.22, 1498.1, 3606.12, None),
        )
    ):
        for k, v in enumerate(row):
            sh.put(3 + i, 1 + k, v)
    r = forms_target.mof(sh, f, 10)
    for i, row in enumerate(
        (
            ("政府采购预算表", None, None, None, None, None),
            ("采购项目", "数量", "单价", "金额", "备注", None),
            ("柴油抽水机组", 12, 0.86, 10.32, None, None),
        )
    ):
        for k, v in enumerate(row):
            sh.put(r + 2 + i, 1 + k, v)
    o.emit(
        "h13-among-other-tables-13.xlsx",
        sh,
        [(f, sh)],
        "a spending table before and a purchase table behind it on the same sheet",
        layout="more",
    )

    sh, f = Sheet("x"), made("it", "self_evaluation", year=2024, project="信息系统运维服务（csv）")
    forms_self.mof(sh, f, points="paren", levels=("first", "first"))
    for line in f.lines:
        line.pop("cell")
    o.emit("h14-utf8-14.csv", sh, [(f, sh)], "csv in UTF-8 with a byte order mark", charset="utf-8-sig", layout="more")

    # Empty columns between everything and a picture of a stamp's place.
    sh, f = Sheet("表"), made("poverty", project="到户产业奖补（2023）", year=2023)
    cols = [
        ("l1", "一级指标"),
        ("blank", None),
        ("l2", "二级指标"),
        ("blank", None),
        ("l3", "三级指标"),
        ("blank", None),
        ("weight", "分值"),
        ("target", "年度指标值"),
        ("blank", None),
        ("actual", "全年实际值"),
        ("score", "得分"),
        ("reason", "未完成原因"),
    ]
    forms_self.mof(sh, f, cols=cols, points="paren", levels=("first", "first"))
    o.emit("h15-blank-columns-15.xlsx", sh, [(f, sh)], "empty columns between all columns", layout="more")

    # The name over two columns: what, and what is counted.
    sh, f = Sheet("目标表"), made("bus", "target", year=2024, project="公交成本规制补贴")
    f.fact["rows"] = [{**row, "explain": "按统计报表" + row["l3"] + "口径", "source": "行业统计"} for row in f.fact["rows"]]
    forms_target.mof(
        sh,
        f,
        head="预算项目绩效目标申报表",
        cols=[
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("explain", "指标解释"),
            ("source", "数据来源"),
            ("target", "指标值"),
            ("weight", "权重（%）"),
        ],
    )
    o.emit("h16-explain-and-source-16.xlsx", sh, [(f, sh)], "explanation and data source between name and target", layout="more")

    # A self-evaluation with the year's and the long-term values.
    sh, f = Sheet("自评表"), made("bond", project="住院楼建设项目", year=2022)
    f.fact["rows"] = [{**row, "long": row["target"].replace("≥80%", "100%")} for row in f.fact["rows"]]
    forms_self.mof(
        sh,
        f,
        points=None,
        cols=[
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("long", "中期指标值"),
            ("target", "年度指标值"),
            ("actual", "年度实际完成值"),
            ("weight", "分值"),
            ("score", "得分"),
            ("reason", "偏差原因"),
        ],
    )
    o.emit("h17-self-with-long-term-17.xlsx", sh, [(f, sh)], "self-evaluation with medium-term and annual targets", layout="more")

    # Names that hold their target; the value column is empty or holds a bare number.
    sh, f = Sheet("目标表"), made(
        "jobs", "target", project="职业技能提升行动", department="临江区人力资源和社会保障局", year=2023, full=386.5
    )
    f.fact["rows"] = [
        {"l1": a, "l2": b, "l3": c, "target": t, "weight": w}
        for a, b, c, t, w in (
            ("产出指标", "数量指标", "培训人数（≥**人）", "1200", 15),
            ("产出指标", "数量指标", "开展培训不少于24期", None, 10),
            ("产出指标", "质量指标", "培训合格率（%）", "95", 15),
            ("产出指标", "成本指标", "人均培训成本（元/人）", "≤1800", 10),
            ("效益指标", "社会效益指标", "参训人员就业率不低于60%", None, 30),
            ("满意度指标", "服务对象满意度指标", "参训人员满意度（%）", "≥90", 10),
        )
    ]
    forms_target.mof(sh, f, cols=[("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "目标值"), ("weight", "分值")])
    o.emit("h18-target-in-name-18.xlsx", sh, [(f, sh)], "operator and unit in the name, the value bare or empty", layout="more")

    # Two forms of one project in a book: target, monitoring and self-evaluation sheets.
    from forms_other import ROAD, watch

    sheets, forms = [], []
    sh, f = Sheet("1.目标申报"), made("road", "target", year=2022)
    forms_target.mof(sh, f), sheets.append(sh), forms.append((f, sh))
    sh, f = Sheet("2.运行监控"), watch("road", ROAD, year=2022)
    r = title(sh, 1, 9, "项目支出绩效运行监控表", "（2022年度）")
    r = fields(sh, r, 1, 9, f, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, 9, f, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 3)])
    for k, (h, v) in enumerate((("年初预算数（万元）", 864.2), ("监控时点执行数（万元）", 462.38), ("执行率", "53.50%"))):
        sh.put(r, 1 + 3 * k, h, cs=2), sh.put(r, 3 + 3 * k, v)
    f.shown.update(budget_initial=864.2, executed=462.38)
    indicators(
        sh,
        r + 1,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年初设定指标值"),
            ("actual", "截至7月底完成值"),
            ("expected", "预计年底完成情况"),
            ("reason", "偏差原因"),
            ("likely", "完成可能性"),
        ],
        f,
        side="绩效指标",
    )
    sheets.append(sh), forms.append((f, sh))
    sh, f = Sheet("3.自评"), made("road", year=2022)
    forms_self.mof(sh, f, points="paren"), sheets.append(sh), forms.append((f, sh))
    o.emit(
        "h19-three-stages-19.xlsx", sheets, forms, "target, monitoring and self-evaluation of one project on three sheets", layout="more"
    )

    # A list of forms in one document without blank paragraphs between them.
    parts, forms = [], []
    for which in ("court", "drought"):
        sh, f = Sheet("t"), made(which, "target", year=2023)
        forms_target.mof(sh, f, signed=False)
        parts.append(sh), forms.append((f, sh))
    o.emit("h20-titles-inside-tables-20.docx", parts, forms, "Word, titles inside the tables, two tables in a row", layout="more")
