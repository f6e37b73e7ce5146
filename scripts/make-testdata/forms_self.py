"""Self-evaluation forms: the layouts S1 to S20 and the department's own."""

import datetime

from blocks import SIGN, Form, budget, fields, foot, goal, indicators, number, title, total_row
from facts import MADE, real
from sheet import CN_DATE, Sheet

SIDE = "绩\n效\n指\n标"
MOF_FUNDS = [("年度资金总额", 1), ("其中：当年财政拨款", 1), ("      上年结转资金", None), ("      其他资金", None)]
MOF_SUMS = [
    ("init", "年初预算数"),
    ("full", "全年预算数"),
    ("exec", "全年执行数"),
    ("points", "分值"),
    ("rate", "执行率"),
    ("score", "得分"),
]
STD = [
    ("l1", "一级指标"),
    ("l2", "二级指标"),
    ("l3", "三级指标"),
    ("target", "年度指标值"),
    ("actual", "实际完成值"),
    ("weight", "分值"),
    ("score", "得分"),
    ("reason", "偏差原因分析及改进措施"),
]


def mof(
    sh,
    form,
    r=1,
    c=1,
    *,
    head="项目支出绩效自评表",
    cols=STD,
    unit="万元",
    funds=MOF_FUNDS,
    sums=MOF_SUMS,
    side=SIDE,
    points="paren",
    levels=("merge", "merge"),
    numbering=None,
    templates=0,
    total=True,
    signed=True,
    year=True,
    names=("项目名称", "主管部门", "实施单位"),
    title_rows=True,
    **more,
):
    """The ministry's standard self-evaluation, whole, from row r."""
    n = sum((col + (1,))[2] if len(col) < 3 else col[2] for col in cols) + (1 if side else 0)
    if title_rows:
        r = title(sh, r, n, head, f"（{form.fact['year']}年度）" if year else None, c)
    r = fields(sh, r, c, n, form, [(names[0], "project", 2, n - 2)])
    r = fields(sh, r, c, n, form, [(names[1], "department", 2, max(1, n // 2 - 2)), (names[2], "unit", 1, 1)])
    kw = {k[2:]: more.pop(k) for k in list(more) if k.startswith("b_")}
    r = budget(sh, r, c, n, form, sums, funds, **{"side": f"项目资金\n（{unit}）", "label_span": 2, "unit": unit, **kw})
    r = goal(sh, r, c, n, form, label="年度总体目标")
    r = indicators(sh, r, c, list(cols), form, side=side, levels=levels, points=points, numbering=numbering, templates=templates, **more)
    if total:
        weights = [i for i, col in enumerate(cols) if col[0] == "score"]
        upto = sum((col + (1,))[2] if len(col) < 3 else col[2] for col in cols[: weights[0]]) + (1 if side else 0) if weights else n - 1
        last = n - upto - 1
        r = total_row(sh, r, c, n, form, upto=upto, last=last) if weights else r
    if signed:
        r = foot(sh, r, c, n, SIGN)
    return r


def sample(which, kind="self_evaluation", **changes):
    return Form(MADE[which] if which in MADE else REAL[which], kind, **changes)


REAL = real()


def make(o):
    # S1: the ministry's standard.
    sh, f = Sheet("自评表"), sample("farmland")
    mof(sh, f)
    o.emit("s01-mof-standard-1.xlsx", sh, [(f, sh)], "standard self-evaluation, points inside the level-1 cells")

    sh, f = Sheet("附件"), sample("river")
    mof(
        sh,
        f,
        1,
        points="newline",
        numbering="指标%d：",
        templates=1,
        cols=STD[:3]
        + [
            ("target", "年度\n指标值"),
            ("actual", "实际\n完成值"),
            ("weight", "分 值"),
            ("score", "得 分"),
            ("reason", "偏差原因分析\n及改进措施"),
        ],
    )
    o.emit("s01-mof-template-rows-2.xlsx", sh, [(f, sh)], "line breaks and blanks in headers, unused 指标2： and …… rows")

    sh, f = Sheet("sheet", before=["附件3", "项目支出绩效自评表", "（2023年度）"]), sample("police")
    mof(sh, f, title_rows=False, points="newline", templates=2)
    o.emit("s01-mof-word-3.docx", sh, [(f, sh)], "Word table with gridSpan and vMerge, the title outside")

    sh, f = Sheet("t", before=["项目支出绩效自评表", "（2021年度）"]), sample("river", year=2021)
    mof(sh, f, title_rows=False, points="ascii", cols=STD[:7] + [("reason", "未完成原因分析", 2)])
    o.emit("s01-mof-web-4.html", sh, [(f, sh)], "web table with rowspan and colspan", charset="utf-8")

    sh, f = Sheet("t", before=["项目支出绩效自评表"]), sample("drought")
    mof(sh, f, title_rows=True, points="paren")
    o.emit("s01-mof-web-gb18030-5.htm", sh, [(f, sh)], "web page in GB18030", charset="gb18030")

    sh, f = Sheet("项目自评"), sample("oldtown")
    f.extra["warnings"] = ["budget.total_zero"]
    mof(sh, f, funds=[("年度资金总额", 0), ("其中：当年财政拨款", 1), ("      上年结转资金", 0), ("      其他资金", 0)])
    for key, fact in (("budget_initial", "init"), ("budget_full_year", "full"), ("executed", "exec")):
        f.shown[key] = f.fact[fact]
    o.emit("s01-mof-zero-total-6.xlsx", sh, [(f, sh)], "total row 0 over filled detail rows")

    sh, f = Sheet("项目自评"), sample("library")
    f.fact["funds"] = None
    mof(
        sh,
        f,
        funds=[
            ("年度资金总额", None),
            ("其中：中央财政资金", {"init": 60, "full": 60, "exec": 58.2}),
            ("      省级财政资金", {"init": 20, "full": 20, "exec": 19.4}),
            ("      县级财政资金", {"init": 16, "full": 16, "exec": 15.52}),
        ],
    )
    f.extra["warnings"] = ["budget.total_zero"]
    f.shown.update(budget_initial=96, budget_full_year=96, executed=93.12)
    o.emit("s01-mof-empty-total-7.xlsx", sh, [(f, sh)], "total row empty, three detail rows add up to it")

    sh, f = Sheet("表1"), sample("school-meal")
    mof(sh, f, 3, 3, points=None)
    o.emit("s01-mof-at-c5-8.xlsx", sh.moved(2, 0), [(relocated(f, 2, 0), sh)], "the table starts at C5")

    sh, f = Sheet("Sheet1"), sample("road")
    mof(sh, f, points="paren", levels=("repeat", "repeat"))
    o.emit("s01-mof-repeat-levels-9.xlsx", sh, [(f, sh)], "levels repeated on every row")

    sh, f = Sheet("Sheet1"), sample("bus")
    mof(sh, f, points=None, levels=("middle", "first"))
    o.emit("s01-mof-level-in-middle-10.xlsx", sh, [(f, sh)], "level 1 only on the middle row, not merged")

    sh, f = Sheet("Sheet1"), sample("museum")
    mof(sh, f, points=None, cols=[("blank", "一级指标")] + STD[1:])
    o.emit("s01-mof-level-missing-11.xlsx", sh, [(f, sh)], "level-1 column left empty")

    sh, f = Sheet("自评表"), sample("it")
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标", 2),
        ("target", "年度指标值"),
        ("blank", ""),
        ("actual", "实际完成值"),
        ("weight", "分值"),
        ("score", "得分"),
        ("reason", "偏差原因分析及改进措施"),
    ]
    mof(sh, f, cols=cols, blank_after=(2, 5))
    o.emit("s01-mof-spacers-12.xlsx", sh, [(f, sh)], "empty columns and rows in between")

    sh, f = Sheet("自评表"), sample("cost2021")
    rows = [{"l1": "预算执行率", "l2": None, "l3": "预算执行率", "target": "100%", "actual": "97.71%", "weight": 10, "score": 9.77}]
    n = 9
    r = title(sh, 1, n, "2023年度项目支出绩效自评表")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 2, 3), ("项目类别", "=经常性项目", 1, 1)])
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 2, 3), ("项目实施单位", "unit", 1, 1)])
    r = budget(
        sh,
        r,
        1,
        n,
        f,
        [("init", "年初预算数"), ("full", "调整后预算数"), ("exec", "全年执行数"), ("rate", "执行率"), ("blank", "")],
        [("年度资金总额", 1), ("一般公共预算", 1), ("政府性基金", None)],
        side="预算执行情况（万元）",
        label_span=3,
    )
    r = goal(sh, r, 1, n, f, heads=("年初设定目标", "年度总体目标完成情况"))
    f.shown["execution_score"] = 9.77
    r = indicators(sh, r, 1, STD, f, side="年度绩效指标完成情况", points="paren", rows=rows + f.fact["rows"], not_lines=rows)
    r = total_row(sh, r, 1, n, f, label="得分合计", upto=7, last=1)
    r = fields(sh, r, 1, n, f, [("评价等级", "grade", 2, 3), ("备注", "=", 1, 1)])
    o.emit(
        "s01-mof-2021-cost-first-13.xlsx", sh, [(f, sh)], "成本指标 as level 1; 预算执行率 as first row of the block; a cell for the grade"
    )

    # Numbers as numbers: percents, thousands, dates, decimals.
    sh, f = Sheet("自评表"), sample("museum", id="museum-numbers")
    num = [
        ("年接待观众人次", "≥120,000", 153600, "#,##0"),
        ("举办临时展览场次", "≥6", 7, None),
        ("文物完好率", "=100.00%", 1.0, "0.00%"),
        ("公共区域温湿度达标率", "≥95%", 0.975, "0.0%"),
        ("展陈改造完成时间", None, datetime.date(2024, 11, 30), CN_DATE),
        ("人员经费控制数", "≤48.60", 47.92, "0.00"),
    ]
    n = 9
    rows = []
    for (name, t, a, fmt), l2 in zip(num, ("数量指标", "数量指标", "质量指标", "质量指标", "时效指标", "成本指标")):
        from sheet import show

        rows.append(
            {"l1": "产出指标", "l2": l2, "l3": name, "target": t, "actual": show(a, fmt), "raw": a, "fmt": fmt, "weight": 15, "score": 15}
        )
    rows[4]["target"] = "2024年12月31日"
    f.fact["rows"], f.fact["total"] = rows, 99.7
    r = title(sh, 1, n, "项目支出绩效自评表", "（2024年度）")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 1)])
    r = budget(sh, r, 1, n, f, MOF_SUMS, MOF_FUNDS, side="项目资金（元）", label_span=2, unit="元", fmt="#,##0.00", rate_as="number")
    start = r
    r = indicators(sh, r, 1, STD, f, side=SIDE)
    for i, row in enumerate(rows):  # the actual as a number, the dates as serials
        sh.cells[start + 1 + i, 6] = (row["raw"], 1, 1, row["fmt"])
    sh.cells[start + 5, 5] = (datetime.date(2024, 12, 31), 1, 1, CN_DATE)
    r = total_row(sh, r, 1, n, f, upto=7)
    o.emit("s01-mof-number-formats-14.xlsx", sh, [(f, sh)], "percents, thousands and dates as numbers; sums in 元")

    # Full width and traditional characters with pinyin.
    sh, f = Sheet("自评表"), sample("drought", id="drought-wide", year=2022)
    wide = str.maketrans("0123456789%.~", "０１２３４５６７８９％．～")
    for i, row in enumerate(f.fact["rows"]):
        f.fact["rows"][i] = {**row, "target": row["target"].translate(wide), "actual": row["actual"].translate(wide)}
    mof(
        sh,
        f,
        cols=[
            ("l1", "一 级 指 标"),
            ("l2", "二 级 指 标"),
            ("l3", "三 级 指 标"),
            ("weight", "分　值"),
            ("target", "年　度　指　标　值"),
            ("actual", "实　际　完　成　值"),
            ("score", "得　分"),
            ("reason", "未　完　成　原　因"),
        ],
    )
    o.emit("s01-mof-full-width-15.xlsx", sh, [(f, sh)], "full-width digits, blanks inside words, weights first")

    sh, f = Sheet("t", before=["項目支出績(jī)效自評(píng)表", "（2022年度）"]), sample("drought", id="drought-mirror")
    mof(sh, f, title_rows=False, points=None)
    trad(sh)
    o.emit("s01-mof-mirror-traditional-16.html", sh, [(f, sh)], "mirror site: traditional characters with pinyin in brackets", layout="s01")

    # S2: weights before the target.
    sh, f = Sheet("绩效目标自评表"), sample("poverty")
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标", 2),
        ("weight", "分值"),
        ("target", "年度指标值"),
        ("actual", "全年实际值"),
        ("score", "得分"),
        ("reason", "未完成原因和改进措施"),
    ]
    n = 10
    r = title(sh, 1, n, "财政衔接推进乡村振兴补助资金绩效目标自评表", "（2022年度）")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 3, 7)])
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 3, 3), ("实施单位", "unit", 1, 1)])
    r = budget(
        sh,
        r,
        1,
        n,
        f,
        [("full", "全年预算数（A）"), ("exec", "全年执行数（B）"), ("points", "分值"), ("rate", "执行率（B/A）"), ("score", "得分")],
        [("年度资金总额", 1), ("其中：中央财政资金", None), ("省级财政资金", 1), ("市县财政资金", None), ("其他资金", None)],
        side="项目资金\n（万元）",
        side_span=2,
        label_span=2,
        spans=[1, 1, 1, 1, 1],
    )
    r = goal(sh, r, 1, n, f, heads=("年初设定目标", "全年实际完成情况"))
    r = indicators(sh, r, 1, cols, f, side="绩\n效\n指\n标", points="newline")
    r = total_row(sh, r, 1, n, f, label="总    分", upto=8, last=1)
    o.emit("s02-fupin-weight-first-1.xlsx", sh, [(f, sh)], "weights before targets, ★, placeholders in names, 其中 rows")

    sh, f = Sheet("t", before=["附件2：", "衔接资金项目绩效目标自评表", "（2023年度）"]), sample("xiaoxian-zhangzhuangzhai-2023-zhongyang")
    r = fields(sh, 1, 1, 9, f, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, 9, f, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 1)])
    r = budget(
        sh,
        r,
        1,
        9,
        f,
        [("full", "全年预算数(A)"), ("exec", "全年执行数(B)"), ("points", "分值"), ("rate", "执行率(B/A)"), ("score", "得分")],
        [("年度资金总额", 1), ("其中:财政拨款", 1)],
        side="项目资金(万元)",
        label_span=2,
    )
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("weight", "分值"),
            ("target", "年度指标值"),
            ("actual", "全年实际值"),
            ("score", "得分"),
            ("reason", "未完成原因"),
        ],
        f,
        side="绩效指标",
        levels=("merge", "repeat"),
    )
    o.emit("s02-xianjie-word-2.docx", sh, [(f, sh)], "Word, weights first, 其中 rows without weight")

    # S3: transfers without points.
    for name, who, ext in (("s03-transfer-no-points-1.xlsx", "jobs", "x"), ("s03-transfer-fund-rows-2.html", "medical", "h")):
        sh, f = Sheet("区域自评表"), sample(who)
        n = 8
        r = title(sh, 1, n, "中央对地方转移支付区域（项目）绩效目标自评表", f"（{f.fact['year']}年度）")
        r = fields(sh, r, 1, n, f, [("转移支付（项目）名称", "project", 2, 6)])
        r = fields(sh, r, 1, n, f, [("中央主管部门", "=人力资源社会保障部" if who == "jobs" else "=国家医疗保障局", 2, 6)])
        r = fields(sh, r, 1, n, f, [("地方主管部门", "department", 2, 3), ("资金使用单位", "unit", 1, 2)])
        full, done = f.fact["full"], f.fact["exec"]
        r = budget(
            sh,
            r,
            1,
            n,
            f,
            [("full", "全年预算数（A）"), ("exec", "全年执行数（B）"), ("rate", "预算执行率（B/A×100%）")],
            [
                ("年度资金总额：", 1),
                ("其中：中央财政资金", {"full": round(full * 0.6, 4), "exec": round(done * 0.6, 4)}),
                ("省级财政资金", {"full": round(full * 0.3, 4), "exec": round(done * 0.3, 4)}),
                ("市级财政资金", None),
                ("县级财政资金", {"full": round(full * 0.1, 4), "exec": round(done * 0.1, 4)}),
                ("其他资金", None),
            ],
            side="资金情况\n（万元）",
            side_span=1,
            label_span=2,
            spans=[2, 1, 2],
        )
        top = r
        seven = [
            ("分配科学性", "按因素法分配资金"),
            ("下达及时性", "收到文件后30日内下达"),
            ("拨付合规性", "按国库集中支付制度拨付"),
            ("使用规范性", "专款专用，未发现截留挪用"),
            ("执行准确性", "执行数与预算数无较大偏差"),
            ("预算绩效管理情况", "开展绩效监控和自评"),
            ("支出责任履行情况", "县级配套资金已到位"),
        ]
        sh.put(r, 1, "资金管理情况", rs=8)
        sh.put(r, 2, None, cs=2), sh.put(r, 4, "情况说明", cs=3), sh.put(r, 7, "存在问题和改进措施", cs=2)
        for a, b in seven:
            r += 1
            sh.put(r, 2, a, cs=2), sh.put(r, 4, b, cs=3), sh.put(r, 7, None, cs=2)
        r = goal(sh, r + 1, 1, n, f, label="总体目标完成情况", heads=("总体目标", "全年实际完成情况"))
        r = indicators(
            sh,
            r,
            1,
            [
                ("l1", "一级指标"),
                ("l2", "二级指标"),
                ("l3", "三级指标", 2),
                ("target", "指标值"),
                ("actual", "全年实际完成值"),
                ("reason", "未完成原因和改进措施"),
            ],
            f,
            side="绩效指标",
        )
        r = fields(sh, r, 1, n, f, [("说明", "=无", 1, 7)])
        r = foot(
            sh,
            r,
            1,
            n,
            "注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。\n2.定量指标，地方各级主管部门对资金使用单位填写的实际完成值汇总时，以资金使用单位数据加权平均计算。\n3.全年执行数是指按照国库集中支付制度要求所形成的实际支出。",
        )
        o.emit(name, sh, [(f, sh)], "transfer, no points; seven lines on the management of funds; fund rows of province, city, county")

    # S4: Yunnan.
    sh, f = Sheet("公开14表"), sample("yongde-minglang-2022-nutrition")
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标"),
        ("op", "指标性质"),
        ("val", "指标值"),
        ("unit", "度量单位"),
        ("actual", "实际完成值"),
        ("weight", "分值"),
        ("score", "得分"),
        ("reason", "偏差原因分析及改进措施"),
    ]
    r = title(sh, 1, 10, "项目支出绩效自评表（2022年度）", "公开14表")
    sh.put(r, 1, "部门：永德县教育体育局", cs=6), sh.put(r, 7, "金额单位：元", cs=4)
    r = fields(sh, r + 1, 1, 10, f, [("项目名称", "project", 1, 9)])
    r = fields(sh, r, 1, 10, f, [("主管部门", "department", 1, 4), ("实施单位", "unit", 1, 4)])
    r = budget(
        sh,
        r,
        1,
        10,
        f,
        [("init", "年初预算数"), ("full", "全年预算数"), ("exec", "全年执行数"), ("points", "分值"), ("rate", "执行率"), ("score", "得分")],
        [("年度资金总额", 1), ("其中：当年财政拨款", 1), ("上年结转资金", None), ("其他资金", None)],
        side="项目资金\n（元）",
        label_span=2,
        unit="元",
        text="thousands",
        spans=[1, 1, 1, 1, 1, 2],
    )
    f.shown.pop("budget_initial", None)
    r = goal(sh, r, 1, 10, f)
    sh.put(r, 1, "绩效指标", cs=3), sh.put(r, 4, "年度指标值", cs=3), sh.put(r, 7, None, cs=4)
    r = indicators(sh, r + 1, 1, cols, f, levels=("repeat", "repeat"))
    r = fields(sh, r, 1, 10, f, [("其他需要说明的事项", "=无", 3, 7)])
    sh.put(r, 1, "总分", cs=7), sh.put(r, 8, 100), sh.put(r, 9, 96), sh.put(r, 10, "优")
    f.shown.update(total_score=96, grade="优")
    o.emit("s04-yunnan-disclosure-1.xlsx", sh, [(f, sh)], "公开14表: operator, value, unit in three columns; 元 with thousands separators")

    sh, f = Sheet("公开14表"), sample("it", id="it-yunnan", region="云岭县")
    code = {"≥": "004 >=", "≤": "005 <=", "=": "001 =", "定性": "006 定性"}
    rows = []
    from blocks import split_target

    for row in f.fact["rows"]:
        op, v, u = split_target(row["target"])
        rows.append({**row, "split": (code[op], v, u)})
    f.fact["rows"] = rows
    r = title(sh, 1, 10, "部门项目支出绩效自评表")
    r = fields(sh, r, 1, 10, f, [("项目名称", "project", 1, 9)])
    r = fields(sh, r, 1, 10, f, [("主管部门", "department", 1, 4), ("实施单位", "unit", 1, 4)])
    r = budget(
        sh,
        r,
        1,
        10,
        f,
        [("full", "全年预算数"), ("exec", "全年执行数"), ("points", "分值"), ("rate", "执行率"), ("score", "得分")],
        [("年度资金总额", 1), ("其中：本年财政拨款", 1)],
        side="资金（元）",
        label_span=2,
        unit="元",
        text="thousands",
        spans=[2, 1, 1, 1, 2],
    )
    r = indicators(sh, r, 1, cols, f, levels=("repeat", "repeat"), numeric=False)
    sh.put(r, 1, "汇总", cs=7), sh.put(r, 8, 90), sh.put(r, 9, 90), sh.put(r, 10, None)
    f.extra["year"] = None  # not on the sheet; the summary line repeats the indicators' points
    o.emit("s04-yunnan-operator-codes-2.xlsx", sh, [(f, sh)], "operators as system codes: 004 >=")

    # S5: Sichuan export.
    def sichuan(sh, f):
        cols = [
            ("l3", "三级指标", 2),
            ("op", "指标性质"),
            ("val", "指标值"),
            ("unit", "度量单位"),
            ("actual", "完成值"),
            ("weight", "权重"),
            ("score", "得分"),
            ("reason", "未完成原因分析"),
        ]
        r = title(sh, 1, 9, "2023年部门预算项目支出绩效自评表", "报表编号：510000_0013zp")
        r = fields(sh, r, 1, 9, f, [("项目名称", "project", 2, 7)])
        r = fields(sh, r, 1, 9, f, [("预算单位", "unit", 2, 4), ("主管部门", "department", 1, 2)])
        r = budget(
            sh,
            r,
            1,
            9,
            f,
            [
                ("init", "年初预算"),
                ("full", "调整后预算数"),
                ("exec", "预算执行数"),
                ("rate", "预算执行率"),
                ("points", "权重"),
                ("score", "得分"),
                ("reason", "原因"),
            ],
            [("总额", 1), ("其中：财政资金", 1), ("财政专户管理资金", None), ("单位资金", None), ("其他资金", None)],
            side="预算执行情况（10分）",
            unit="万元",
            dash="/",
        )
        r = fields(sh, r, 1, 9, f, [("年度目标", "=" + f.fact["goal"], 2, 7)])
        sh.put(r, 1, "绩效指标（90分）", cs=9)
        r = indicators(sh, r + 1, 1, cols, f)
        sh.put(r, 1, "合计", cs=6), sh.put(r, 7, 100), sh.put(r, 8, f.fact["total"]), sh.put(r, 9, None)
        f.shown["total_score"] = f.fact["total"]
        for label, text in (("评价结论", "根据评价结果填写自评总体情况"), ("存在问题", "针对自评结果查找问题"), ("改进措施", "无")):
            r += 1
            sh.put(r, 1, label, cs=2), sh.put(r, 3, text, cs=7)
        sh.put(r + 1, 1, "项目负责人：", cs=5), sh.put(r + 1, 6, "财务负责人：", cs=4)

    sh, f = Sheet("510000_0013zp"), sample("wages")
    sichuan(sh, f)
    o.emit(
        "s05-sichuan-export-1.xlsx",
        sh,
        [(f, sh)],
        "system export, third level only; code in the project name; / as filler; conclusions below",
    )
    sh, f = Sheet("x"), sample("wages", id="wages-csv", project="51000023R000000088420-公用经费", year=2023)
    sichuan(sh, f)
    o.emit("s05-sichuan-export-gb18030-2.csv", sh, [(f, sh)], "the same as csv in GB18030", charset="gb18030")

    # S6: older Sichuan booklet.
    sh, f = Sheet("t", before=["十、部门决算公开附表", "项目绩效目标完成情况表（2022年度）"]), sample("nursing")
    r = fields(sh, 1, 1, 6, f, [("项目名称", "project", 2, 4)])
    r = fields(sh, r, 1, 6, f, [("预算单位", "unit", 2, 4)])
    r = fields(sh, r, 1, 6, f, [("预算执行情况（万元）", "=预算数：226", 2, 2), ("执行数：", "=214.5", 1, 1)])
    f.shown.update(budget_full_year=226, executed=214.5)
    r = fields(sh, r, 1, 6, f, [("", "=其中-财政拨款：226", 2, 2), ("其中-财政拨款：", "=214.5", 1, 1)])
    r = goal(sh, r, 1, 6, f, label="年度目标完成情况", heads=("预期目标", "实际完成目标"))
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "预期指标值（包含数字及文字描述）"),
            ("actual", "实际完成指标值（包含数字及文字描述）"),
        ],
        f,
        side="绩效指标完成情况",
    )
    o.emit("s06-sichuan-booklet-1.docx", sh, [(f, sh)], "annex of final accounts: 项目完成指标; no points; 预算数：226 inside a cell")

    sh, f = Sheet("附表"), sample("nursing", id="nursing-2", year=2020, project="农村敬老院供养服务")
    r = title(sh, 1, 7, "2020年项目绩效目标完成情况表")
    r = fields(sh, r, 1, 7, f, [("项目名称", "project", 2, 5)])
    r = fields(sh, r, 1, 7, f, [("主管部门", "department", 2, 2), ("实施单位", "unit", 1, 2)])
    r = budget(
        sh,
        r,
        1,
        7,
        f,
        [("init", "预算数"), ("exec", "执行数"), ("rate", "执行率")],
        [("年度资金总额", 1)],
        side="资金（万元）",
        spans=[1, 2, 1],
    )
    f.shown["budget_full_year"], f.shown["budget_initial"] = f.shown.get("budget_initial"), None
    r = indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值"), ("actual", "实际完成值")],
        f,
        side="绩效指标",
        levels=("repeat", "repeat"),
    )
    o.emit("s06-sichuan-repeat-2.xlsx", sh, [(f, sh)], "levels 项目完成指标, 项目效益指标 repeated on every row")

    # S7: Hubei, 20 + 80.
    def hubei(sh, f, weights):
        n = 8 if weights else 7
        r = title(sh, 1, n, f"{f.fact['year']}年度{f.fact['project']}自评表")
        sh.put(r, 1, "单位名称：" + f.fact["unit"], cs=4), sh.put(r, 5, "填报日期：2022年3月15日", cs=n - 4)
        f.shown["unit"] = f.fact["unit"]
        r = fields(sh, r + 1, 1, n, f, [("项目名称", "project", 2, n - 2)])
        r = fields(sh, r, 1, n, f, [("主管部门", "department", 2, 2), ("项目实施单位", "unit", 1, n - 5)])
        r = fields(sh, r, 1, n, f, [("项目类别", "=1、部门预算项目 √   2、区直专项 □   3、区对下转移支付项目 □", 2, n - 2)])
        r = fields(sh, r, 1, n, f, [("项目属性", "=1、持续性项目 ☑   2、新增性项目 □", 2, n - 2)])
        r = fields(sh, r, 1, n, f, [("项目类型", "=1、常年性项目 √   2、延续性项目 □   3、一次性项目 □", 2, n - 2)])
        r = budget(
            sh,
            r,
            1,
            n,
            f,
            [("full", "预算数（A）"), ("exec", "执行数（B）"), ("rate", "执行率（B/A）"), ("score", "得分（20分*执行率）")],
            [("年度财政资金总额", 1)],
            side="预算执行情况（万元）\n（20分）",
            side_span=2,
        )
        cols = [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年初目标值（A）"),
            ("actual", "实际完成值（B）"),
            ("score", "得分"),
        ]
        if weights:
            cols.insert(5, ("blank", "备注"))
        r = indicators(sh, r, 1, cols, f, side="年度绩效目标\n（80分）", points="paren" if weights else None)
        r = total_row(sh, r, 1, n, f, upto=n - 1, last=0)
        r = fields(sh, r, 1, n, f, [("偏差大或目标未完成原因分析", "=无", 2, n - 2)])
        r = fields(sh, r, 1, n, f, [("改进措施及结果应用方案", "=加强日常管护", 2, n - 2)])
        foot(
            sh,
            r,
            1,
            n,
            "备注：",
            "1.预算执行情况口径：预算数为调整后财政资金总额（包括上年结余结转），执行数为资金使用单位财政资金实际支出数。",
            "2.定量指标完成数汇总原则：绝对值直接累加计算，相对值按照资金额度加权平均计算。定量指标计分原则：正向指标（即目标值为≥X，得分=权重*B/A），反向指标（即目标值为≤X，得分=权重*A/B），得分不得突破权重总额。",
            "3.定性指标计分原则：达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差三档，分别按照该指标对应分值区间100-80%（含80%）、80-50%（含50%）、50-0%合理确定分值。",
        )

    sh, f = Sheet("自评表"), sample("fire")
    hubei(sh, f, False)
    o.emit("s07-hubei-20-80-1.xlsx", sh, [(f, sh)], "20 + 80 points, no weight column; check boxes; foot-notes with the scoring rules")
    sh, f = Sheet("t"), sample("fire", id="fire-2", year=2022, project="病虫害防治专项经费")
    hubei(sh, f, True)
    o.emit("s07-hubei-word-2.docx", sh, [(f, sh)], "the same in Word, a column 备注 before the score")

    # S8: Guangshui.
    sh, f = Sheet("自评"), sample("road", id="road-guangshui", project="农村公路安全生命防护工程")
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标"),
        ("target", "年初指标值"),
        ("actual", "年终完成值"),
        ("standard", "评价标准"),
        ("score", "自评分"),
        ("review", "复核分"),
    ]
    f.fact["rows"] = [{**row, "standard": "按完成比例计分", "review": (row["score"] or 0) - 0.5} for row in f.fact["rows"]]
    r = title(sh, 1, 8, "项目支出绩效自评表（2022年度）")
    r = fields(sh, r, 1, 8, f, [("项目名称", "project", 1, 3), ("主管部门", "department", 1, 3)])
    r = fields(sh, r, 1, 8, f, [("实施单位", "unit", 1, 3), ("预算数（万元）", "=864.2", 1, 1), ("执行数（万元）", "=841.73", 1, 1)])
    f.shown.update(budget_full_year=864.2, executed=841.73)
    r = indicators(sh, r, 1, cols, f, points="bare", l2points="bare")
    o.emit("s08-two-score-columns-1.xlsx", sh, [(f, sh)], "points inside the cells of both levels; 自评分 and 复核分")

    # S9: Yinchuan.
    sh, f = Sheet("自评表"), sample(
        "framework",
        id="framework-yc",
        region="临江区",
        department="临江区教育局",
        unit="临江区第三小学",
        project="小学公用经费",
        year=2021,
        sector="教育",
    )
    f.fact.update(init=73.6, full=73.6, exec=73.6, total=None)
    vals = {
        "目标内容": ("目标明确、内容细化、目标量化", None),
        "产出数量": ("1286人", "1286人"),
        "产出质量": ("符合相关文件要求", "符合相关文件要求"),
        "服务对象满意度": ("≥90%", "95%"),
    }
    f.fact["rows"] = [
        {**row, "target": vals.get(row["l3"], (None, None))[0], "actual": vals.get(row["l3"], (None, None))[1], "audit": row["score"] - 0.5}
        for row in f.fact["rows"]
    ]
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标"),
        ("weight", "分值"),
        ("target", "年度指标值"),
        ("actual", "全年实际值"),
        ("score", "自评得分"),
        ("audit", "财政审核评分"),
        ("reason", "未完成原因及拟采取的改进措施"),
    ]
    r = title(sh, 1, 10, "2021年度财政支出项目绩效自评表")
    r = fields(sh, r, 1, 10, f, [("项目名称", "project", 2, 8)])
    r = fields(sh, r, 1, 10, f, [("主管部门", "department", 2, 3), ("项目单位", "unit", 1, 4)])
    r = budget(
        sh,
        r,
        1,
        10,
        f,
        [("init", "年初预算数"), ("adj", "调整预算数"), ("exec", "全年执行数"), ("rate", "执行率")],
        [("年度资金总额", 1), ("其中：财政拨款", 1)],
        side="项目资金（万元）",
        label_span=2,
        spans=[2, 1, 2, 2],
    )
    r = goal(sh, r, 1, 10, f)
    r = indicators(sh, r, 1, cols, f, side="绩效指标", points="ascii")
    sh.put(r, 1, "总分", cs=4), sh.put(r, 5, 100), sh.put(r, 6, None, cs=2), sh.put(r, 8, 94), sh.put(r, 9, 86.5), sh.put(r, 10, None)
    f.shown["total_score"] = 94
    o.emit("s09-weight-after-name-1.xlsx", sh, [(f, sh)], "weight right after the name; two score columns; adjusted budget empty")

    # S10: Hebei.
    sh, f = Sheet("项目自评"), sample("chengan-2020-gaoling")
    rows = []
    for row, got in zip(f.fact["rows"], (25, 25, 30, 10)):
        op, v, u = {"0": None}.get("1") or (">=", row["target"].split()[1], "%")
        rows.append(
            {**row, "split": (">=", v, "%"), "explain": row["l3"] + "情况", "state": "完成", "single": got if row["score"] else None}
        )
    f.fact["rows"] = rows
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标"),
        ("explain", "绩效指标描述"),
        ("op", ("预期指标值", "符号")),
        ("val", ("预期指标值", "值")),
        ("unit", ("预期指标值", "单位（文字描述）")),
        ("actual", ("实际完成情况", "完成值")),
        ("state", ("实际完成情况", "完成情况")),
        ("single", "单项指标得分"),
        ("weight", "权重占比（%）"),
        ("score", "单项指标折算得分"),
    ]
    n = 13
    r = title(sh, 1, n, "项目支出绩效自评表（2020年度）")
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 3), ("项目名称", "project", 1, 3)])
    sh.put(r, 1, "项目资金（万元）", rs=4, cs=2)
    for k, (head, v) in enumerate((("预算安排情况（调整后）", 6.84), ("资金到位情况", 6.84), ("资金执行情况", 6.84))):
        at = 3 + 4 * k - (0 if k < 1 else 0)
        w = 4 if k < 2 else 3
        sh.put(r, at, head, cs=w)
        for i, (label, x) in enumerate(((("预算数", "到位数", "执行数")[k], v), ("其中：财政资金", v), ("其他", 0))):
            sh.put(r + 1 + i, at, label, cs=2), sh.put(r + 1 + i, at + 2, x, cs=w - 2)
    f.shown.update(budget_full_year=6.84, executed=6.84)
    r = fields(sh, r + 4, 1, n, f, [("年度总体目标", "=" + f.fact["goal"], 2, 11)])
    r = indicators(sh, r, 1, cols, f, side="绩效指标", levels=("merge", "merge"))
    o.emit("s10-hebei-converted-score-1.xlsx", sh, [(f, sh)], "three blocks of funds side by side; two header rows; 折算得分 is the score")

    # S11: Chongqing.
    sh, f = Sheet("自评"), sample("fengdu-2022-fujing", kind="self_evaluation")
    act = {
        "辅警人员": "508",
        "项目持续期": "基本建立",
        "项目成本概算": "2565",
        "节约多招录正式民警资金支出": "1500",
        "促进社会和谐稳定": "好",
        "受益对象满意度": "96",
    }
    split = {
        "辅警人员": ("=", "512", "人"),
        "项目持续期": ("定性", "基本建立", ""),
        "项目成本概算": ("≤", "3584", "万元"),
        "节约多招录正式民警资金支出": ("≥", "1500", "万元"),
        "促进社会和谐稳定": ("定性", "好", ""),
        "受益对象满意度": ("≥", "95", "%"),
    }
    f.fact["rows"] = [
        {**row, "actual": act[row["l3"]], "split": split[row["l3"]], "weight": 15, "score": 15 if row["l3"] != "辅警人员" else 14.88}
        for row in f.fact["rows"]
    ]
    f.fact.update(init=2565, total=99.88, exec_score=10)
    cols = [
        ("l3", "指标名称", 2),
        ("unit", "计量单位"),
        ("op", "指标性质"),
        ("val", "指标值"),
        ("weight", "指标权重（%）"),
        ("actual", "全年完成值"),
        ("score", "指标得分"),
        ("reason", "说明"),
    ]
    r = title(sh, 1, 9, "2022年度项目支出绩效自评表")
    r = fields(sh, r, 1, 9, f, [("项目名称", "project", 1, 3), ("自评总分（分）", "total_score", 1, 4)])
    sh.cells[r - 1, 6] = (99.88, 1, 4, None)
    f.shown["total_score"] = 99.88
    r = fields(sh, r, 1, 9, f, [("主管部门", "department", 1, 3), ("实施单位", "unit", 1, 4)])
    r = budget(
        sh,
        r,
        1,
        9,
        f,
        [
            ("init", "年初预算数"),
            ("full", "全年（调整）预算数"),
            ("exec", "全年执行数"),
            ("rate", "执行率（%）"),
            ("points", "执行率权重（%）"),
            ("score", "执行率得分"),
        ],
        [("总金额（万元）", 1), ("其中：财政拨款", 1)],
        side="预算执行情况",
        label_span=1,
        spans=[1, 1, 1, 1, 1, 2],
    )
    r = fields(sh, r, 1, 9, f, [("年度总体目标", "=" + f.fact["goal"], 1, 8)])
    indicators(sh, r, 1, cols, f, side=None)
    o.emit("s11-chongqing-no-levels-1.xlsx", sh, [(f, sh)], "no levels; unit before operator and value; total in the head")

    sh, f = Sheet("自评"), sample("court", id="court-cq", project="审判辅助人员经费", department="临江区人民法院", unit="临江区人民法院")
    f.fact["rows"] = [
        {**row, "target": row["target"].replace("百分比", "%"), "actual": row["actual"].replace("百分比", "%")} for row in f.fact["rows"]
    ]
    r = title(sh, 1, 8, "2023年度项目自评表")
    r = fields(sh, r, 1, 8, f, [("项目名称", "project", 1, 4), ("自评总分", "total_score", 1, 2)])
    sh.cells[r - 1, 7] = (f.fact["total"], 1, 2, None)
    f.shown["total_score"] = f.fact["total"]
    r = fields(sh, r, 1, 8, f, [("项目主管部门", "department", 1, 4), ("财政归口科室", "=行政政法科", 1, 2)])
    start = r
    r = indicators(
        sh,
        r,
        1,
        [
            ("l3", "指标名称"),
            ("unit", "计量单位"),
            ("op", "指标性质"),
            ("val", "指标值"),
            ("weight", "指标权重"),
            ("actual", "全年完成值"),
            ("score", "指标得分"),
            ("reason", "说明"),
        ],
        f,
    )
    for i, row in enumerate(f.fact["rows"]):  # qualitative rows leave the unit out: the rest moves left
        if split_target(row["target"])[0] == "定性":
            for k, v in enumerate(("定性", row["target"], row["weight"], row["actual"], row["score"], None, None)):
                sh.cells[start + 1 + i, 2 + k] = (v, 1, 1, None)
    f.extra["warnings"] = ["row.shifted"]
    o.emit("s11-chongqing-shifted-row-2.xlsx", sh, [(f, sh)], "a qualitative row leaves the unit out, the rest moves left")

    # S12: framework of the 2010s.
    sh, f = Sheet("评分表"), sample("framework")
    w = {}
    for row in f.fact["rows"]:
        w[row["l1"]] = w.get(row["l1"], 0) + row["weight"]
        w[row["l1"], row["l2"]] = w.get((row["l1"], row["l2"]), 0) + row["weight"]
    r = title(sh, 1, 8, "财政支出项目绩效评价评分表")
    r = fields(sh, r, 1, 8, f, [("项目名称", "project", 2, 6)])
    r = fields(sh, r, 1, 8, f, [("主管部门", "department", 2, 2), ("项目单位", "unit", 1, 3)])
    sh.put(r, 1, "资金（万元）", rs=2), sh.put(r, 2, "计划投资额"), sh.put(r, 3, 680), sh.put(r, 4, "实际到位资金"), sh.put(
        r, 5, 512.6
    ), sh.put(r, 6, "实际使用资金"), sh.put(r, 7, 498.27, cs=2)
    sh.put(r + 1, 2, "其中：省级"), sh.put(r + 1, 3, 400), sh.put(r + 1, 4, "其中：省级"), sh.put(r + 1, 5, 400), sh.put(
        r + 1, 6, "其中：省级"
    ), sh.put(r + 1, 7, 385.67, cs=2)
    f.shown.update(budget_initial=680, budget_full_year=512.6, executed=498.27)
    r += 2
    for k, head in enumerate(("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "指标解释", "得分")):
        sh.put(r, 1 + k, head)
    rows = f.fact["rows"]
    for i, row in enumerate(rows):
        r += 1
        l1 = [x for x in rows if x["l1"] == row["l1"]]
        l2 = [x for x in l1 if x["l2"] == row["l2"]]
        if row is l1[0]:
            sh.put(r, 1, row["l1"], rs=len(l1)), sh.put(r, 2, w[row["l1"]], rs=len(l1))
        if row is l2[0]:
            sh.put(r, 3, row["l2"], rs=len(l2)), sh.put(r, 4, w[row["l1"], row["l2"]], rs=len(l2))
        cell = sh.put(r, 5, row["l3"])
        sh.put(r, 6, row["weight"]), sh.put(r, 7, row["l3"] + "是否符合规定"), sh.put(r, 8, row["score"])
        f.lines.append(
            {
                "l1": row["l1"],
                "l2": row["l2"],
                "l3": row["l3"],
                "target": None,
                "actual": None,
                "weight": row["weight"],
                "score": row["score"],
                "note": row["l3"] + "是否符合规定",
                "cell": cell,
            }
        )
    sh.put(r + 1, 1, "总分"), sh.put(r + 1, 2, 100), sh.put(r + 1, 3, None), sh.put(r + 1, 4, 100), sh.put(r + 1, 5, None), sh.put(
        r + 1, 6, 100
    ), sh.put(r + 1, 8, 94)
    f.shown["total_score"] = 94
    f.fact["year"] = None
    o.emit("s12-framework-three-weights-1.xlsx", sh, [(f, sh)], "a weight column at every level; no target or actual; no year")

    # S13: special bond.
    sh, f = Sheet("专项债自评"), sample("bond")
    r = title(sh, 1, 9, "专项债券项目绩效自评表", "（2022年度）")
    r = fields(sh, r, 1, 9, f, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, 9, f, [("主管部门", "department", 2, 3), ("项目实施单位", "unit", 1, 3)])
    r = goal(sh, r, 1, 9, f)
    sh.put(r, 1, "债券资金管理指标（10分）", rs=2, cs=2)
    for k, (h, v) in enumerate(
        (("实际支出金额（万元）", 9812.36), ("下达额度（万元）", 10000), ("完成值", "98.12%"), ("分值", 10), ("得分", 9.81))
    ):
        sh.put(r, 3 + k, h), sh.put(r + 1, 3 + k, v)
    sh.put(r, 8, "备注", cs=2), sh.put(r + 1, 8, None, cs=2)
    f.shown.update(budget_full_year=10000, executed=9812.36, execution_score=9.81)
    cols = [
        ("l1", "一级指标"),
        ("l2", "二级指标"),
        ("l3", "三级指标"),
        ("target", "目标值"),
        ("actual", "实际完成值"),
        ("weight", "分值"),
        ("score", "得分"),
        ("reason", "偏差原因分析及改进措施"),
    ]
    r = indicators(sh, r + 2, 1, cols, f, side="绩效指标", points="paren")
    total_row(sh, r, 1, 9, f, upto=7)
    o.emit("s13-special-bond-1.xlsx", sh, [(f, sh)], "bond block instead of the budget block")

    # S14: scores only.
    sh, f = Sheet("区域自评"), sample(
        "medical", id="medical-score", project="中央对地方专项转移支付（医疗救助）", department="临江区医疗保障局", unit="临江区医疗保障局"
    )
    f.fact["rows"] = [{**row, "score": 6.25} for row in f.fact["rows"]]
    f.fact["total"] = 90
    r = title(sh, 1, 8, "中央对地方专项转移支付区域绩效目标自评表（2023年度）")
    r = fields(sh, r, 1, 8, f, [("专项名称", "project", 2, 6)])
    r = fields(sh, r, 1, 8, f, [("省级主管部门", "=省医疗保障局", 2, 2), ("区县主管部门", "department", 1, 3)])
    r = budget(
        sh,
        r,
        1,
        8,
        f,
        [("full", "转移支付预算数（A）"), ("exec", "执行数（B）"), ("rate", "执行率（B/A）"), ("score20", "得分（20分）")],
        [("年度金额", 1)],
        side="项目资金（万元）",
        side_span=1,
        label_span=1,
        spans=[2, 1, 1, 2],
    )
    sh.cells[r - 1, 7] = (20, 1, 2, None)
    f.shown["execution_score"] = 20
    r = goal(sh, r, 1, 8, f, label="年度总体目标（20分）")
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标", 2),
            ("target", "年度指标值"),
            ("actual", "全年完成值"),
            ("score", "得分"),
        ],
        f,
        side="绩效指标（50分）",
    )
    total_row(sh, r, 1, 8, f, upto=7, last=0)
    o.emit("s14-region-score-only-1.xlsx", sh, [(f, sh)], "regional self-evaluation, scores only")

    # S15: Suzhou 2017.
    sh, f = Sheet("自评价表"), sample("green")
    r = title(sh, 1, 7, "2018年度市级财政支出项目绩效自评价表")
    r = fields(sh, r, 1, 7, f, [("项目名称", "project", 1, 2), ("主管部门", "department", 1, 3)])
    r = fields(sh, r, 1, 7, f, [("实施单位", "unit", 1, 2), ("项目属性", "=经常性", 1, 3)])
    r = budget(
        sh,
        r,
        1,
        7,
        f,
        [("init", "年初预算数"), ("full", "调整后预算数"), ("exec", "实际执行数"), ("rate", "执行率"), ("score", "得分（20分）")],
        [
            ("财政资金（万元）", 1),
            ("分项目1：市区绿地养护", {"init": 800, "full": 800, "exec": 786.2}),
            ("分项目2：行道树养护", {"init": 440, "full": 440, "exec": 431.48}),
        ],
        side="资金",
    )
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "目标类别"),
            ("l3", "指标名称", 2),
            ("target", "目标值"),
            ("weight", "权重"),
            ("actual", "实际完成值"),
            ("score", "自评分"),
        ],
        f,
        points="paren",
    )
    total_row(sh, r, 1, 7, f, label="合计", upto=6, last=0)
    o.emit("s15-goal-classes-1.xlsx", sh, [(f, sh)], "投入, 产出, 结果, 影响力目标; two levels; decimal weights")

    # S16: university notice.
    sh, f = Sheet(
        "t",
        before=[
            "关于实验教学中心建设项目2019年绩效自评情况的公示",
            "一、项目基本情况",
            "本项目全年预算260万元，实际执行258.9万元，执行率99.58%。",
            "二、绩效指标完成情况",
        ],
        after=["三、存在的问题", "设备到货较晚，项目完成时间有所推迟。"],
    ), sample("lab")
    r = fields(sh, 1, 1, 6, f, [("项目名称", "project", 1, 2), ("项目单位", "unit", 1, 2)])
    r = indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "预算设定指标值"), ("actual", "项目完成指标值")],
        f,
    )
    f.shown["total_score"] = None
    o.emit("s16-university-notice-1.docx", sh, [(f, sh)], "a table inside a notice: 预算设定指标值, 项目完成指标值; no points")

    sh, f = Sheet("绩效自评"), sample("lab", id="lab-2", project="本科教学改革项目", year=2021)
    r = title(sh, 1, 6, "2021年度项目绩效自评")
    r = fields(sh, r, 1, 6, f, [("项目名称", "project", 1, 5)])
    r = fields(sh, r, 1, 6, f, [("自评得分", "=97.5", 1, 5)])
    f.shown["total_score"] = 97.5
    r = indicators(
        sh,
        r,
        1,
        [("l1", "一级\n指标"), ("l2", "二级\n指标"), ("l3", "三级\n指标", 2), ("target", "目标值"), ("actual", "实际完成值")],
        f,
        levels=("middle", "middle"),
    )
    o.emit("s16-score-line-on-top-2.xlsx", sh, [(f, sh)], "total score above the indicators; levels on middle rows")

    # S17: ministry questionnaires.
    sh, f = Sheet("评价表"), sample(
        "medical", id="medical-q", project="医疗服务与保障能力提升补助资金", department="云岭县卫生健康局", unit="云岭县卫生健康局"
    )
    f.fact["rows"] = [
        {**row, "explain": "反映" + row["l3"] + "的情况", "proof": "佐证材料%d" % (i + 1)} for i, row in enumerate(f.fact["rows"])
    ]
    r = title(sh, 1, 8, "2023年度中央财政补助资金绩效自评表")
    r = fields(sh, r, 1, 8, f, [("项目名称", "project", 1, 3), ("填报单位", "unit", 1, 3)])
    r = indicators(
        sh,
        r,
        1,
        [
            ("seq", "序号"),
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "指标名称"),
            ("explain", "指标解释"),
            ("actual", "记录（完成情况）"),
            ("reason", "未完成原因"),
            ("proof", "支撑材料"),
        ],
        f,
    )
    o.emit("s17-questionnaire-1.xlsx", sh, [(f, sh)], "explanation, record, evidence; 序号 column; no targets")

    sh, f = Sheet("表二"), sample(
        "jobs", id="jobs-q", project="林业草原改革发展资金", department="云岭县林业局", unit="云岭县林业局", sector="农林水"
    )
    f.fact["rows"] = [
        {"l1": "产出指标", "l2": None, "l3": n, "split": ("", v, u), "target": v + u, "actual": a, "weight": None, "score": None}
        for n, v, u, a in (
            ("完成造林面积", "52.800000", "公顷", "52.800000"),
            ("森林抚育面积", "1260.500000", "公顷", "1260.500000"),
            ("聘用生态护林员", "386.000000", "人", "380.000000"),
            ("苗木当年成活率", "85.000000", "%", "91.200000"),
        )
    ]
    r = title(sh, 1, 7, "2024年度林业草原改革发展资金绩效自评表", "表二")
    r = fields(sh, r, 1, 7, f, [("项目名称", "project", 1, 3), ("填报单位", "unit", 1, 2)])
    head = r
    for k, h in enumerate(("指标", "行次", "计量单位", "年度目标值", "全年完成值", "完成率", "备注")):
        sh.put(r, 1 + k, h)
    r += 1
    for k, h in enumerate(("甲", "乙", "丙", "A", "B", "C=B/A", "D")):
        sh.put(r, 1 + k, h)
    for i, row in enumerate(f.fact["rows"]):
        r += 1
        cell = sh.put(r, 1, row["l3"])
        v = row["split"][1]
        for k, x in enumerate((i + 1, row["split"][2], v, row["actual"], f"{float(row['actual']) / float(v) * 100:.2f}%", None)):
            sh.put(r, 2 + k, x)
        f.lines.append(
            {
                "l1": None,
                "l2": None,
                "l3": row["l3"],
                "target": row["target"],
                "target_split": list(row["split"]),
                "actual": row["actual"],
                "weight": None,
                "score": None,
                "cell": cell,
            }
        )
    o.emit("s17-numbered-rows-2.xlsx", sh, [(f, sh)], "numbered rows and columns (甲 乙 丙 A B C), six decimals", layout="s17")

    # S18: percent points.
    sh, f = Sheet("区域绩效"), sample("hanyin-2022-puhui", kind="self_evaluation")
    acts = ["4126万元", "93.4%", "100%", "100%", "2.4倍", "66%", "88%"]
    f.fact["rows"] = [
        {**row, "actual": a, "weight": w, "score": w} for row, a, w in zip(f.fact["rows"], acts, (20, 15, 15, 10, 10, 15, 15))
    ]
    f.fact["total"] = 100
    r = title(sh, 1, 8, "普惠金融发展专项资金区域绩效目标自评表", "（2022年度）")
    r = fields(sh, r, 1, 8, f, [("专项名称", "project", 2, 6)])
    r = fields(sh, r, 1, 8, f, [("主管部门", "department", 2, 6)])
    sh.put(r, 1, "资金情况", rs=3, cs=2), sh.put(r, 3, "年度金额：112万元", cs=3), sh.put(r, 6, "使用情况：112万元", cs=3)
    sh.put(r + 1, 3, "其中：中央财政资金：80万元", cs=3), sh.put(r + 1, 6, "其中：中央财政资金：80万元", cs=3)
    sh.put(r + 2, 3, "省级财政资金：32万元", cs=3), sh.put(r + 2, 6, "省级财政资金：32万元", cs=3)
    f.shown.update(budget_full_year=112, executed=112)
    r = indicators(
        sh,
        r + 3,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "指标值"),
            ("actual", "完成值"),
            ("weight", "权重", 1, "0%"),
            ("score", "得分", 1, "0%"),
        ],
        f,
        side="绩效指标",
    )
    sh.put(r, 1, "合计", cs=6), sh.put(r, 7, 1.0, fmt="0%"), sh.put(r, 8, 1.0, fmt="0%")
    f.shown["total_score"] = 100
    o.emit("s18-percent-points-1.xlsx", sh, [(f, sh)], "weights and scores shown as percent; labels inside the cells of sums")

    # S19: department self-evaluation.
    sh, f = Sheet("整体自评"), sample("dept-water", kind="department_self_evaluation")
    r = title(sh, 1, 9, "部门整体支出绩效自评表", "（2023年度）")
    r = fields(sh, r, 1, 9, f, [("部门名称", "department", 2, 7)])
    r = budget(
        sh,
        r,
        1,
        9,
        f,
        MOF_SUMS,
        [
            ("年度资金总额", 1),
            ("按收入性质分：一般公共预算", {"init": 4862.35, "full": 5016.9, "exec": 4804.22}),
            ("政府性基金预算", {"init": 0, "full": 300, "exec": 300}),
            ("按支出性质分：基本支出", {"init": 1462.35, "full": 1502.9, "exec": 1498.1}),
            ("项目支出", {"init": 3400, "full": 3814, "exec": 3606.12}),
        ],
        side="年度预算申请\n（万元）",
        label_span=2,
    )
    r = goal(sh, r, 1, 9, f)
    r = indicators(sh, r, 1, STD, f, side=SIDE, points="paren")
    r = total_row(sh, r, 1, 9, f, upto=7)
    foot(sh, r, 1, 9, SIGN)
    o.emit("s19-department-self-1.xlsx", sh, [(f, sh)], "department self-evaluation, funds by income and by spending")

    sh, f = Sheet("t", before=["附件1", "2024年度部门整体支出绩效自评表"]), sample("dept-edu", kind="department_self_evaluation")
    r = fields(sh, 1, 1, 9, f, [("单位名称", "unit", 2, 7)])
    sh.put(r, 1, "年度预算申请（万元）", rs=4, cs=2)
    for k, h in enumerate(("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")):
        sh.put(r, 4 + k, h)
    sh.put(r, 3, None)
    for i, (label, vals) in enumerate(
        (
            ("年度资金总额", (68420.6, 71235.84, 70016.3, 10, "98.29%", 9.83)),
            ("按收入性质分：财政拨款", (68420.6, 71235.84, 70016.3, "—", "—", "—")),
            ("按支出性质分：基本支出", (60210.4, 62018.5, 61990.1, "—", "—", "—")),
        )
    ):
        sh.put(r + 1 + i, 3, label)
        for k, v in enumerate(vals):
            sh.put(r + 1 + i, 4 + k, v)
    f.shown.update(budget_initial=68420.6, budget_full_year=71235.84, executed=70016.3, execution_score=9.83)
    r = goal(sh, r + 4, 1, 9, f)
    r = indicators(sh, r, 1, STD, f, side="绩效指标", points="newline", templates=1)
    total_row(sh, r, 1, 9, f, upto=7)
    o.emit("s19-department-word-2.docx", sh, [(f, sh)], "department self-evaluation, Word")

    # S20: prose. Nothing to find.
    o.emit(
        "s20-prose-report-1.docx",
        [
            "云岭县应急管理局2023年度森林航空消防补助资金绩效自评报告",
            "一、项目概况",
            "2023年下达资金1200万元，实际支出1168.4万元，执行率97.37%。",
            "二、绩效目标完成情况",
            "（一）数量指标：布防飞机数量≥6架，实际布防6架；飞行时长≥300小时，实际飞行326小时。",
            "（二）质量指标：任务完成率达到100%。",
            "三、自评得分96.5分。",
        ],
        [],
        "prose only, no table",
        none="form.none",
    )
    sh = Sheet("报告")
    for i, text in enumerate(
        (
            "2023年度项目支出绩效自评报告",
            "一、基本情况",
            "本项目预算120万元，全年执行116.4万元。",
            "二、指标完成情况",
            "数量指标：举办展览≥6场，实际7场；质量指标：文物完好率100%，实际100%。",
            "三、结论：自评得分98.7分，等级为优。",
        )
    ):
        sh.put(i + 1, 1, text, cs=6)
    o.emit("s20-prose-in-sheet-2.xlsx", sh, [], "prose line by line in a sheet, no table", none="form.none")


def relocated(form, rows, cols):
    """form with its line addresses moved."""
    import re
    from openpyxl.utils import column_index_from_string, get_column_letter

    for line in form.lines:
        m = re.fullmatch(r"([A-Z]+)(\d+)", line.get("cell") or "")
        if m:
            line["cell"] = f"{get_column_letter(column_index_from_string(m[1]) + cols)}{int(m[2]) + rows}"
    return form


TRAD = {
    "项": "項(xiàng)",
    "级": "級(jí)",
    "标": "標(biāo)",
    "数": "數(shù)",
    "质": "質(zhì)",
    "产": "產(chǎn)",
    "满": "滿(mǎn)",
    "实": "實(shí)",
    "际": "際(jì)",
    "总": "總(zǒng)",
    "资": "資(zī)",
    "预": "預(yù)",
    "单": "單(dān)",
    "执": "執(zhí)",
    "偏": "偏",
    "进": "進(jìn)",
    "务": "務(wù)",
    "对": "對(duì)",
    "会": "會(huì)",
    "复": "復(fù)",
    "灌": "灌",
    "维": "維(wéi)",
    "灾": "災(zāi)",
    "云": "云",
    "岭": "嶺(lǐng)",
    "县": "縣(xiàn)",
}


def trad(sh):
    """The text of sh as mirror sites show it; values keep their digits."""
    for at, (value, rs, cs, fmt) in list(sh.cells.items()):
        if isinstance(value, str):
            sh.cells[at] = ("".join(TRAD.get(ch, ch) for ch in value), rs, cs, fmt)
