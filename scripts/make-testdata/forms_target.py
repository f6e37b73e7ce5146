"""Target forms: the layouts T1 to T16 and the department's own."""

from blocks import SIGN, Form, budget, budget_list, fields, foot, goal, indicators, split_target, times, title
from facts import MADE
from forms_self import REAL, SIDE, relocated
from sheet import Sheet

MOF_FUNDS = [("年度资金总额", 1), ("其中：财政拨款", 1), ("      其他资金", None)]
STD = [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值")]


def sample(which, kind="target", **changes):
    return Form(MADE[which] if which in MADE else REAL[which], kind, **changes)


def mof(
    sh,
    form,
    r=1,
    c=1,
    *,
    head="项目支出绩效目标表",
    cols=STD,
    unit="万元",
    funds=MOF_FUNDS,
    side=SIDE,
    signed=True,
    title_rows=True,
    fmt=None,
    names=("项目名称", "主管部门", "实施单位"),
    **more,
):
    """The ministry's standard target form, whole, from row r."""
    n = sum((col + (1,))[2] if len(col) < 3 else col[2] for col in cols) + (1 if side else 0)
    if title_rows:
        r = title(sh, r, n, head, f"（{form.fact['year']}年度）", c)
    r = fields(sh, r, c, n, form, [(names[0], "project", 2, n - 2)])
    r = fields(sh, r, c, n, form, [(names[1], "department", 2, max(1, n // 2 - 2)), (names[2], "unit", 1, 1)])
    r = budget_list(sh, r, c, n, form, funds, side=f"项目资金\n（{unit}）", side_span=2, label_span=1, unit=unit, fmt=fmt)
    r = goal(sh, r, c, n, form, label="总体目标", label_span=2, heads=None)
    r = indicators(sh, r, c, list(cols), form, side=side, **more)
    return foot(sh, r, c, n, SIGN) if signed else r


def make(o):
    # T1: the ministry's standard.
    sh, f = Sheet("绩效目标表"), sample("farmland", year=2023)
    mof(sh, f)
    o.emit("t01-mof-standard-1.xlsx", sh, [(f, sh)], "standard target form")

    sh, f = Sheet("附件2"), sample("mengcheng-2024-gonggongweisheng")
    mof(
        sh,
        f,
        cols=[("l1", "一级\n指标"), ("l2", "二级\n指标"), ("l3", "三级指标", 2), ("target", "指 标 值"), ("weight", "分值\n（权重）")],
        numbering="指标%d：",
        templates=2,
    )
    o.emit("t01-mof-template-rows-2.xlsx", sh, [(f, sh)], "standard target form, unused template rows, weights empty")

    sh, f = Sheet("t", before=["附件1", "项目支出绩效目标申报表", "（2022年度）"]), sample("yueyangxian-farmland-2022-target")
    mof(sh, f, title_rows=False, levels=("merge", "repeat"))
    o.emit("t01-mof-word-3.docx", sh, [(f, sh)], "Word application form")

    sh, f = Sheet("t", before=["2023年项目绩效目标表"]), sample("tj-hebei-court-2023-weixiu")
    mof(sh, f, title_rows=False, cols=[("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("target", "绩效指标值")], signed=False)
    f.fact["year"] = 2023
    o.emit("t01-mof-web-4.html", sh, [(f, sh)], "web page in GB18030", charset="gb18030")

    sh, f = Sheet("目标表"), sample("it")
    mof(
        sh,
        f,
        1,
        1,
        cols=[
            ("seq", "序号"),
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("opval", "年度指标值"),
            ("unit", "计量单位"),
            ("weight", "分值"),
        ],
        side=None,
        numeric=False,
    )
    sh2 = sh.moved(3, 2)
    o.emit(
        "t01-mof-seq-at-c4-5.xlsx",
        sh2,
        [(relocated(f, 3, 2), sh2)],
        "starts at C4; 序号 column; operator and value in one cell, unit in another",
    )

    sh, f = Sheet("目标表"), sample("road", year=2022)
    mof(
        sh,
        f,
        cols=[
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("op", ("年度指标值", "符号")),
            ("val", ("年度指标值", "数值")),
            ("unit", ("年度指标值", "单位")),
            ("weight", "权重"),
            ("basis", "备注"),
        ],
    )
    o.emit("t01-mof-split-two-row-header-6.xlsx", sh, [(f, sh)], "two header rows: 年度指标值 over 符号, 数值, 单位")

    sh, f = Sheet("目标表"), sample("police")
    mof(
        sh,
        f,
        cols=[
            ("l1", ("绩效指标", "一级指标", "名称")),
            ("l2", ("绩效指标", "二级指标", "名称")),
            ("l3", ("绩效指标", "三级指标", "名称")),
            ("weight", ("绩效指标", "三级指标", "权重")),
            ("op", ("绩效指标", "年度指标值", "性质")),
            ("valunit", ("绩效指标", "年度指标值", "值（含单位）")),
        ],
        side=None,
    )
    o.emit("t01-mof-three-row-header-7.xlsx", sh, [(f, sh)], "three header rows; operator in one cell, value and unit in another")

    # T2: long-term and annual side by side.
    def twin(sh, f, order, heads):
        f.fact["rows"] = [
            {
                **row,
                "long": None if i % 3 == 2 else times(row["target"], 3),
                "l2b": row["l2"],
            }
            for i, row in enumerate(f.fact["rows"])
        ]
        n = 8
        r = title(sh, 1, n, "项目支出绩效目标申报表", f"（{f.fact['year']}年度）")
        r = fields(sh, r, 1, n, f, [("项目名称", "project", 2, 6)])
        r = fields(sh, r, 1, n, f, [("主管部门及代码", "department", 2, 2), ("实施单位", "unit", 1, 3)])
        r = fields(sh, r, 1, n, f, [("项目属性", "=延续项目", 2, 2), ("项目期", "=2022年-2025年", 1, 3)])
        sh.put(r, 1, "项目资金\n（万元）", rs=3, cs=2)
        for i, (a, b) in enumerate((("中期资金总额：", "年度资金总额："), ("其中：财政拨款", "其中：财政拨款"), ("其他资金", "其他资金"))):
            sh.put(r + i, 3, a), sh.put(r + i, 4, f.fact["full"] * 3 if i < 2 else None, cs=2), sh.put(r + i, 6, b), sh.put(
                r + i, 7, f.fact["full"] if i < 2 else None, cs=2
            )
        f.shown["budget_full_year"] = f.fact["full"]
        r += 3
        sh.put(r, 1, "总体目标", rs=2), sh.put(r, 2, heads[0], cs=4), sh.put(r, 6, heads[1], cs=3)
        sh.put(r + 1, 2, "三年内持续推进：" + (f.fact["goal"] or ""), cs=4), sh.put(r + 1, 6, f.fact["goal"], cs=3)
        return indicators(sh, r + 2, 1, order, f, side=SIDE)

    sh, f = Sheet("申报表"), sample("library")
    twin(
        sh,
        f,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("long", "中期指标值"), ("target", "年度指标值", 2)],
        ("中期目标（2022年—2024年）", "年度目标"),
    )
    o.emit("t02-twin-values-1.xlsx", sh, [(f, sh)], "medium-term and annual values in two columns")

    sh, f = Sheet("申报表"), sample("river")
    twin(
        sh,
        f,
        [
            ("l1", "一级指标"),
            ("l2", ("长期指标", "二级指标")),
            ("l3long", ("长期指标", "三级指标")),
            ("long", ("长期指标", "指标值")),
            ("l2b", ("年度指标", "二级指标")),
            ("l3", ("年度指标", "三级指标")),
            ("target", ("年度指标", "指标值")),
        ],
        ("长期目标", "年度目标"),
    )
    # The right-hand set is the year's; its level 2 is printed on every row.
    o.emit("t02-twin-sets-left-empty-2.xlsx", sh, [(f, sh)], "long-term and annual sets side by side, long-term names empty")

    sh, f = Sheet("申报表"), sample("museum", year=2024)
    f.fact["rows"] = [{**row, "l3long": row["l3"], "long": row["target"], "l2b": row["l2"]} for row in f.fact["rows"]]
    r = title(sh, 1, 8, "项目绩效目标表（2024年度）")
    r = fields(sh, r, 1, 8, f, [("项目名称", "project", 2, 2), ("实施单位", "unit", 1, 3)])
    r = fields(sh, r, 1, 8, f, [("主管部门", "department", 2, 2), ("年度资金总额（万元）", "=120", 1, 3)])
    f.shown["budget_full_year"] = 120
    r = indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", ("实施周期绩效指标", "二级指标")),
            ("l3long", ("实施周期绩效指标", "三级指标")),
            ("long", ("实施周期绩效指标", "指标值")),
            ("l2b", ("年度绩效指标", "二级指标")),
            ("l3", ("年度绩效指标", "三级指标")),
            ("target", ("年度绩效指标", "指标值")),
        ],
        f,
        side="绩效指标",
    )
    o.emit("t02-twin-sets-both-3.xlsx", sh, [(f, sh)], "period and annual sets side by side, names in both")

    # T3: Hunan.
    sh, f = Sheet("申报表"), sample("xiangtan-huanwei-2024-wupaoche")
    f.fact["rows"] = [{**row, "basis": "计划标准"} for row in f.fact["rows"]]
    n = 8
    r = title(sh, 1, n, "2024年部门预算项目支出绩效目标申报表")
    r = fields(sh, r, 1, n, f, [("填报单位（盖章）：", "unit", 2, 6)])
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 2, 2), ("项目属性", "=新增项目□  延续项目√", 1, 3)])
    r = fields(sh, r, 1, n, f, [("主管部门", "department", 2, 2), ("项目起止时间", "=2024年1月-2024年12月", 1, 3)])
    r = fields(
        sh, r, 1, n, f, [("项目类型", "=1.基本建设类 □ 其中：新建 □ 扩建 □ 改建 □\n2.行政事业类 R 其中：采购类 R 修缮类 □ 奖励类 □", 2, 6)]
    )
    sh.put(r, 1, "项目资金来源\n（万元）", rs=4, cs=2), sh.put(r, 3, "资金来源"), sh.put(r, 4, "上年预算", cs=2), sh.put(
        r, 6, "本年预算", cs=3
    )
    for i, (label, a, b) in enumerate((("合计", 260, 250), ("市级财政资金", 260, 250), ("上级补助资金", None, None))):
        sh.put(r + 1 + i, 3, label), sh.put(r + 1 + i, 4, a, cs=2), sh.put(r + 1 + i, 6, b, cs=3)
    f.shown["budget_full_year"] = 250
    r += 4
    sh.put(r, 1, "支出明细预算", rs=3, cs=2), sh.put(r, 3, "支出内容", cs=2), sh.put(r, 5, "金额（万元）"), sh.put(
        r, 6, "测算依据及说明", cs=3
    )
    sh.put(r + 1, 3, "雾炮车租赁", cs=2), sh.put(r + 1, 5, 216), sh.put(r + 1, 6, "10台×1.2万元×18", cs=3)
    sh.put(r + 2, 3, "人员及油料", cs=2), sh.put(r + 2, 5, 34), sh.put(r + 2, 6, "据实结算", cs=3)
    r += 3
    sh.put(r, 1, "项目实施进度计划", rs=2, cs=2), sh.put(r, 3, "实施内容", cs=3), sh.put(r, 6, "起止时间", cs=3)
    sh.put(r + 1, 3, "抑尘作业", cs=3), sh.put(r + 1, 6, "2024年1月-2024年12月", cs=3)
    r = fields(sh, r + 2, 1, n, f, [("年度绩效目标", "=" + f.fact["goal"], 2, 6)])
    r = indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "指标内容", 2), ("target", "指标值"), ("basis", "绩效标准"), ("blank", "备注")],
        f,
        side="项目年度绩效指标",
    )
    foot(
        sh,
        r,
        1,
        n,
        "主管部门意见：（盖章）  年  月  日",
        "财政部门业务科室意见：（盖章）  年  月  日",
        "财政部门绩效管理科意见：（盖章）  年  月  日",
    )
    o.emit(
        "t03-hunan-application-1.xlsx", sh, [(f, sh)], "last year's budget beside this year's; spending detail, plan, check boxes, opinions"
    )

    # T4: Sichuan.
    sh, f = Sheet("t", before=["附件1-4", "2021年项目支出绩效目标申报表"]), sample("zhaohua-2021-tekunjiating")
    r = fields(sh, 1, 1, 7, f, [("项目名称", "project", 2, 5)])
    r = fields(sh, r, 1, 7, f, [("预算单位", "unit", 2, 5)])
    r = budget_list(
        sh,
        r,
        1,
        7,
        f,
        [
            ("年度资金总额", 1),
            ("一、财政拨款", 1),
            ("1.一般公共预算", 1),
            ("（1）本级安排", 1),
            ("（2）上级提前下达", None),
            ("2.政府性基金预算", None),
            ("3.国有资本经营预算", None),
            ("二、财政专户管理资金", None),
            ("三、单位资金", None),
            ("四、其他资金", None),
        ],
        side="项目资金（万元）",
        side_span=2,
        label_span=2,
    )
    r = fields(sh, r, 1, 7, f, [("总体目标", "=" + f.fact["goal"], 2, 5)])
    indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值（包含数字及文字描述）", 2)],
        f,
        side="绩效指标",
    )
    f.fact["year"] = 2021
    o.emit("t04-sichuan-ten-fund-rows-1.docx", sh, [(f, sh)], "Word; ten fund rows; 指标值（包含数字及文字描述）")

    # T5: horizontal, many projects.
    def wide(sh, forms, r, head, *, seq=True, unit="元", merged=True):
        for k, h in enumerate(head):
            sh.put(r, 1 + k, h)
        r += 1
        for i, f in enumerate(forms):
            n = len(f.fact["rows"])
            left = ([i + 1] if seq else []) + [
                f.fact["unit"],
                f.fact["project"],
                round(f.fact["full"] * (10000 if unit == "元" else 1), 4),
                f.fact["goal"],
            ]
            for j in range(n):
                for k, v in enumerate(left):
                    if merged and j == 0:
                        sh.put(r, 1 + k, v, rs=n)
                    elif not merged:
                        sh.put(r + j, 1 + k, v)
            at = 1 + len(left)
            f.shown.update(unit=f.fact["unit"], project=f.fact["project"], budget_unit=unit, budget_full_year=left[-2])
            yield f, r, at
            r += n

    words = {"≥": "大于等于", "≤": "小于等于", "=": "等于", "定性": "定性"}

    def dirs(f):
        f.fact["rows"] = [
            {
                **row,
                "split": (split_target(row["target"])[0],) + split_target(row["target"])[1:],
                "word": words.get(split_target(row["target"])[0]),
            }
            for row in f.fact["rows"]
        ]
        return f

    sh = Sheet("表11")
    forms = [dirs(sample(k, year=2025)) for k in ("court", "police", "school-meal")]
    title(sh, 1, 13, "项目支出绩效目标表", "单位：元")
    title(sh, 1, 13, "2025年部门项目支出绩效目标表")
    for f, r, at in wide(
        sh,
        forms,
        3,
        (
            "序号",
            "单位名称",
            "项目名称",
            "预算金额",
            "年度绩效目标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标方向",
            "目标值",
            "计量单位",
            "分值",
        ),
    ):
        indicators(
            sh,
            r,
            at,
            [("l1", ""), ("l2", ""), ("l3", ""), ("kind", ""), ("word", ""), ("val", ""), ("unit", ""), ("weight", "")],
            f,
            header=False,
            levels=("repeat", "repeat"),
        )
        for i, row in enumerate(f.fact["rows"]):
            sh.cells[r + i, at + 3] = ("定性" if row["split"][0] == "定性" else "定量", 1, 1, None)
            if row["split"][0] == "定性":
                sh.cells[r + i, at + 4] = (None, 1, 1, None)
    o.emit(
        "t05-horizontal-many-1.xlsx",
        sh,
        [(f, sh) for f in forms],
        "one indicator a row, three projects; 性质, 方向, 目标值, 单位 in four columns",
        layout="t05",
    )

    sh = Sheet("绩效目标汇总")
    forms = [sample("drought", year=2023), sample("library", year=2023)]
    title(sh, 1, 12, "2023年部门预算项目绩效目标汇总表（单位：万元）")
    for f, r, at in wide(
        sh,
        forms,
        2,
        (
            "单位名称",
            "项目名称",
            "预算数",
            "绩效目标",
            "一级指标",
            "二级指标",
            "三级指标",
            "绩效指标性质",
            "绩效指标值",
            "绩效度量单位",
            "权重",
            "指标方向性",
        ),
        seq=False,
        unit="万元",
        merged=False,
    ):
        indicators(
            sh,
            r,
            at,
            [("l1", ""), ("l2", ""), ("l3", ""), ("op", ""), ("val", ""), ("unit", ""), ("weight", ""), ("blank", "")],
            f,
            header=False,
            levels=("repeat", "repeat"),
        )
    o.emit("t05-horizontal-repeated-2.xlsx", sh, [(f, sh) for f in forms], "the same, left columns repeated on every row", layout="t05")

    sh = Sheet("x")
    forms = [sample("museum", year=2024), sample("it", year=2024), sample("cost2021", year=2024)]
    title(sh, 1, 12, "2024年项目支出绩效目标表")
    for f, r, at in wide(
        sh,
        forms,
        2,
        (
            "序号",
            "单位名称",
            "项目名称",
            "预算数（万元）",
            "年度绩效目标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "权重",
        ),
        unit="万元",
    ):
        indicators(
            sh,
            r,
            at,
            [("l1", ""), ("l2", ""), ("l3", ""), ("op", ""), ("val", ""), ("unit", ""), ("weight", "")],
            f,
            header=False,
            levels=("first", "first"),
            numeric=False,
        )
        f.lines and [line.pop("cell") for line in f.lines]
    o.emit(
        "t05-horizontal-utf16-3.csv",
        sh,
        [(f, sh) for f in forms],
        "the same as csv in UTF-16, merged cells left empty",
        charset="utf-16",
        layout="t05",
    )

    # T6: one value column per town.
    towns = ("城关镇", "石门乡", "金田镇")
    for name, total in (("t06-region-columns-total-1.xlsx", True), ("t06-region-columns-2.xlsx", False)):
        sh, f = Sheet("分解表"), sample("river", project="小流域综合治理补助" if total else "村级公益事业奖补", year=2022)
        f.fact["rows"] = [
            {
                "l1": "产出指标",
                "l2": "数量指标",
                "l3": "治理水土流失面积",
                "explain": "完成治理的面积",
                "target": "≥36平方公里",
                "a": "≥12平方公里",
                "b": "≥10平方公里",
                "c": "≥14平方公里",
            },
            {
                "l1": "产出指标",
                "l2": "质量指标",
                "l3": "项目验收合格率",
                "explain": "验收合格项目占比",
                "target": "100%",
                "a": "100%",
                "b": "100%",
                "c": "100%",
            },
            {
                "l1": "效益指标",
                "l2": "生态效益指标",
                "l3": "林草覆盖率提高幅度",
                "explain": "治理区平均",
                "target": "≥3%",
                "a": "≥4%",
                "b": "≥2%",
                "c": "≥3%",
            },
            {
                "l1": "满意度指标",
                "l2": "服务对象满意度指标",
                "l3": "受益群众满意度",
                "explain": "问卷调查",
                "target": "≥90%",
                "a": "≥90%",
                "b": "≥90%",
                "c": "≥90%",
            },
        ]
        cols = (
            [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("explain", "指标解释")]
            + ([("target", "全县合计")] if total else [])
            + [(k, t) for k, t in zip("abc", towns)]
        )
        n = len(cols)
        r = title(sh, 1, n, f"2022年{f.fact['project']}项目绩效目标分解表")
        r = fields(sh, r, 1, n, f, [("项目名称", "project", 1, 3), ("主管部门", "department", 1, n - 5)])
        r = fields(sh, r, 1, n, f, [("年度资金总额（万元）", "=2268", 1, n - 1)])
        f.shown["budget_full_year"] = 2268
        indicators(sh, r, 1, cols, f)
        for line, row in zip(f.lines, f.fact["rows"]):
            line["regions"] = dict(zip(towns, (row["a"], row["b"], row["c"])))
        o.emit(
            name,
            sh,
            [(f, sh)],
            "a value column per town" + (" and one for the whole county" if total else ", no total (only names are compared)"),
        )

    # T7: tiers.
    sh, f = Sheet("目标表"), None
    f = sample(
        "fire",
        project="提前下达困难群众救助补助",
        department="云岭县民政局",
        unit="云岭县民政局",
        year=2023,
        sector="社会保障和就业",
        full=1260.5,
        goal="保障困难群众基本生活。",
    )
    f.fact["rows"] = [
        {"l1": a, "l2": b, "l3": c, "tiers": t, "target": " ".join(k + v for k, v in zip("优良中差", t))}
        for a, b, c, t in (
            ("产出指标", "数量指标", "救助覆盖率", ("≥100%", "≥90%", "≥85%", "<85%")),
            ("产出指标", "质量指标", "救助资金按标准发放率", ("≥98%", "≥90%", "≥80%", "<80%")),
            ("产出指标", "时效指标", "资金拨付天数", ("≤15天", "≤20天", "≤30天", ">30天")),
            ("效果指标", "社会效益指标", "困难群众生活水平", ("明显提高", "有所提高", "基本稳定", "下降")),
            ("效果指标", "满意度指标", "救助对象满意度", ("≥95%", "≥85%", "≥75%", "<75%")),
        )
    ]
    for row in f.fact["rows"]:
        row.update(dict(zip(("t1", "t2", "t3", "t4"), row["tiers"])))
    cols = [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "绩效指标"), ("explain", "绩效指标描述")] + [
        (f"t{i + 1}", ("评价标准", h)) for i, h in enumerate("优良中差")
    ]
    r = title(sh, 1, 8, "2023年项目绩效目标表")
    r = fields(sh, r, 1, 8, f, [("项目名称", "project", 1, 3), ("主管部门", "department", 1, 3)])
    r = fields(sh, r, 1, 8, f, [("预算数（万元）", "=1260.5", 1, 7)])
    r = fields(sh, r, 1, 8, f, [("绩效目标", "=" + f.fact["goal"], 1, 7)])
    f.shown["budget_full_year"] = 1260.5
    indicators(sh, r, 1, cols, f)
    for line, row in zip(f.lines, f.fact["rows"]):
        line["target"], line["tiers"] = row["target"], dict(zip("优良中差", row["tiers"]))
    o.emit("t07-tier-columns-1.xlsx", sh, [(f, sh)], "no single target: four columns 优 良 中 差")

    # T8: cost first with a range of points.
    sh, f = Sheet("t", before=["2023年度市级重点专项绩效目标表"]), sample("cost2021")
    mof(
        sh,
        f,
        title_rows=False,
        cols=[("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("target", "指标值"), ("weight", "分值")],
        points="range",
        signed=False,
    )
    o.emit("t08-cost-first-range-1.docx", sh, [(f, sh)], "成本指标 as level 1; ranges of points (0-20)分; Word")

    # T9: central investment.
    sh, f = Sheet("目标表"), sample("river", project="中小河流治理中央预算内投资计划", year=2022)
    f.fact["rows"] = [
        {**row, "l1": "实施效果指标" if row["l1"] != "过程管理" else row["l1"], "l2": row["l1"]}
        for row in f.fact["rows"]
        if row["l1"] in ("产出指标", "效益指标")
    ]
    f.fact["rows"] += [
        {"l1": "过程管理指标", "l2": l2, "l3": l3, "target": t}
        for l2, l3, t in (
            ("计划管理指标", "投资计划分解（转发）用时达标率", "100%"),
            ("资金管理指标", "中央预算内投资支付率", "≥80%"),
            ("项目管理指标", "项目开工率", "≥95%"),
            ("监督检查指标", "审计、督查、巡视等指出问题项目比例", "≤5%"),
        )
    ]
    r = title(sh, 1, 6, "中央预算内投资项目绩效目标表（2022年度）")
    r = fields(sh, r, 1, 6, f, [("专项名称", "project", 1, 2), ("主管部门", "department", 1, 2)])
    r = budget_list(
        sh,
        r,
        1,
        6,
        f,
        [("总投资", 1), ("其中：中央预算内投资", 0.6), ("地方投资", 0.4)],
        side="资金情况（万元）",
        side_span=1,
        label_span=2,
    )
    indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值")],
        f,
        side="绩效指标",
        numbering="指标%d：",
        templates=1,
    )
    o.emit("t09-central-investment-1.xlsx", sh, [(f, sh)], "level 1 实施效果指标 and 过程管理指标, level 2 产出, 效益 …")

    # T10: description repeats the name; several forms with repeated titles.
    sh, forms, r = Sheet("Sheet1"), [], 1
    for which in ("tj-hebei-court-2023-weixiu", "tj-hebei-court-2023-peishenyuan", "court"):
        f = sample(which, year=2023)
        f.fact["rows"] = [{**row, "explain": row["l3"]} for row in f.fact["rows"]]
        r = title(sh, r, 6, "项目支出绩效目标表", "2023年")
        r = fields(sh, r, 1, 6, f, [("项目名称", "project", 1, 5)])
        r = fields(sh, r, 1, 6, f, [("主管部门", "department", 1, 2), ("实施单位", "unit", 1, 2)])
        sh.put(r, 1, "预算资金情况（万元）"), sh.put(r, 2, "预算资金总额"), sh.put(r, 3, f.fact["full"]), sh.put(
            r, 4, "其中：财政资金"
        ), sh.put(r, 5, f.fact["full"], cs=2)
        f.shown["budget_full_year"] = f.fact["full"]
        r = fields(sh, r + 1, 1, 6, f, [("绩效目标", "=" + f.fact["goal"], 1, 5)])
        r = (
            indicators(
                sh,
                r,
                1,
                [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("explain", "绩效指标描述"), ("target", "指标值", 2)],
                f,
            )
            + 2
        )
        forms.append((f, sh))
    o.emit(
        "t10-stacked-repeated-titles-1.xlsx",
        sh,
        forms,
        "three forms one below the other, each with a title; 绩效指标描述 repeats the name",
        layout="t10",
    )

    # T11: with history.
    sh, f = Sheet("批复表"), sample("museum", year=2025)
    f.fact["rows"] = [
        {**row, "before": row["actual"], "basis": ("历史标准", "行业标准", "计划标准")[i % 3]} for i, row in enumerate(f.fact["rows"])
    ]
    r = title(sh, 1, 9, "2025年度项目绩效目标批复表")
    r = fields(sh, r, 1, 9, f, [("项目名称", "project", 2, 2), ("项目单位", "unit", 1, 4)])
    r = fields(sh, r, 1, 9, f, [("主管部门", "department", 2, 2), ("项目资金（万元）", "=120", 1, 4)])
    f.shown["budget_full_year"] = 120
    indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "指标名称"),
            ("before2", ("指标值", "前年实际值")),
            ("before", ("指标值", "上年实际值")),
            ("target", ("指标值", "本年预期值")),
            ("basis", "标准或依据", 2),
        ],
        f,
        side="年度绩效指标",
        levels=("middle", "merge"),
    )
    o.emit("t11-history-columns-1.xlsx", sh, [(f, sh)], "last year's actual beside this year's target; 标准或依据; level 1 on a middle row")

    sh, f = Sheet("批复表"), sample("school-meal", year=2024)
    f.fact["rows"] = [{**row, "explain": "按台账统计" if i % 2 else None} for i, row in enumerate(f.fact["rows"])]
    mof(
        sh,
        f,
        head="预算项目绩效目标批复表",
        cols=[
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("weight", "分值"),
            ("explain", "指标说明"),
            ("target", "预期指标值"),
            ("basis", "备  注"),
        ],
        numbering="%d.",
    )
    o.emit("t11-weight-explain-target-2.xlsx", sh, [(f, sh)], "order: weight, explanation, target; 1. before names")

    # T12: two levels.
    sh, f = Sheet("目标表"), sample("it", project="办公大楼运行保障", year=2022)
    f.fact["rows"] = [{**row, "l2": None, "explain": row["l3"] + "，按月统计"} for row in f.fact["rows"]]
    r = title(sh, 1, 5, "2022年项目支出绩效目标表")
    r = fields(sh, r, 1, 5, f, [("项目名称", "project", 1, 1), ("项目单位", "unit", 1, 2)])
    r = fields(sh, r, 1, 5, f, [("预算金额（万元）", "=382.9", 1, 4)])
    f.shown["budget_full_year"] = 382.9
    indicators(sh, r, 1, [("l1", "指标类型"), ("l3", "指标名称"), ("target", "指标值"), ("explain", "指标描述", 2)], f)
    o.emit("t12-two-levels-1.xlsx", sh, [(f, sh)], "指标类型, 指标名称, 指标值, 指标描述; no level 2")

    sh, f = Sheet("t", before=["政府购买服务项目绩效目标（2018年）"]), sample("fire", project="森林保险补贴", year=2018)
    f.fact["rows"] = [{**row, "l1": None} for row in f.fact["rows"]]
    r = fields(sh, 1, 1, 4, f, [("项目名称", "project", 1, 3)])
    indicators(sh, r, 1, [("l2", "指标"), ("l3", "指标内容", 2), ("target", "指标值")], f)
    f.shown.pop("budget_full_year", None)
    o.emit("t12-content-value-2.html", sh, [(f, sh)], "columns 指标, 指标内容, 指标值; level 2 written 产出数量", layout="t12")

    # T13: all in one cell.
    sh, f = Sheet("Sheet1"), sample("police", year=2025)
    text = ""
    for row in f.fact["rows"]:
        text += f"【{row['l1']}-{row['l2']}】{row['l3']}（{row['target']}）；\n"
    r = title(sh, 1, 6, "2025年部门预算项目支出绩效目标公开表", "单位：万元")
    for k, h in enumerate(("序号", "项目名称", "项目单位", "预算金额", "年度绩效目标", "绩效指标")):
        sh.put(r, 1 + k, h)
    for k, v in enumerate((1, f.fact["project"], f.fact["unit"], 654.5, f.fact["goal"], text.strip())):
        sh.put(r + 1, 1 + k, v)
    f.shown.update(project=f.fact["project"], unit=f.fact["unit"], budget_full_year=654.5)
    f.lines += [
        {
            "l1": row["l1"],
            "l2": row["l2"],
            "l3": row["l3"],
            "target": row["target"],
            "actual": None,
            "weight": None,
            "score": None,
            "cell": f"F{r + 1}",
        }
        for row in f.fact["rows"]
    ]
    o.emit("t13-all-in-one-cell-1.xlsx", sh, [(f, sh)], "all indicators in one cell with 【产出指标-数量指标】 tags, values in brackets")

    # T14: Guangdong.
    sh, f = Sheet("绩效目标表"), sample(
        "police", project="智慧消防建设", department="临江区消防救援大队", unit="临江区消防救援大队", year=2021, full=3022.34
    )
    r = title(sh, 1, 6, "2021年项目支出绩效目标申报表", "金额单位：元")
    r = fields(sh, r, 1, 6, f, [("项目名称", "project", 1, 2), ("项目类型", "=财政专项资金", 1, 2)])
    r = fields(sh, r, 1, 6, f, [("主管部门", "department", 1, 2), ("用款单位", "unit", 1, 2)])

    for k, v in enumerate(("项目等级", "二级项目", "起始年度", "2020", "到期年度", "2022")):
        sh.put(r, 1 + k, v)
    for k, v in enumerate(("总投资额", "90,670,200", "其中：本年度预算金额", "30,223,400", "其中：财政拨款", "30,223,400")):
        sh.put(r + 1, 1 + k, v)
    f.shown.update(budget_unit="元", budget_full_year=30223400)
    r = fields(sh, r + 2, 1, 6, f, [("年度总体绩效目标", "=" + f.fact["goal"], 1, 5)])
    indicators(sh, r, 1, [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "年度指标值", 2)], f)
    o.emit(
        "t14-guangdong-yuan-1.xlsx", sh, [(f, sh)], "kind, rank, first and last year of the project; sums in 元 with thousands separators"
    )

    # T15: prose targets.
    sh, f = Sheet("目标表"), sample("poverty", kind="target", project="设施葡萄种植项目", year=2023)
    f.fact["rows"] = [
        {"l1": "产出指标", "l2": "数量指标", "l3": "★补助各类瓜果种植数量（≥**株）", "target": ">=17600株", "weight": None},
        {"l1": "产出指标", "l2": "数量指标", "l3": "组织技术培训", "target": "至少全年完成2次培训；每次不少于50人"},
        {"l1": "产出指标", "l2": "质量指标", "l3": "种植成活率（≥**%）", "target": ">=85"},
        {"l1": "产出指标", "l2": "时效指标", "l3": "项目完成时间", "target": "2023年底前完成全部种植任务"},
        {"l1": "产出指标", "l2": "成本指标", "l3": "补助成本（≤**元/株）", "target": "≤28.40/株"},
        {"l1": "效益指标", "l2": "经济效益指标", "l3": "促使脱贫户、监测户增加收入（≥**万元）", "target": "≥80万元"},
        {"l1": "效益指标", "l2": "生态效益指标", "l3": "生态修复功能", "target": "提高"},
        {"l1": "效益指标", "l2": "可持续影响指标", "l3": "带动产业持续发展", "target": "建立长效机制，持续带动周边3个村发展"},
        {"l1": "满意度指标", "l2": "服务对象满意度指标", "l3": "受益脱贫户满意度（≥**%）", "target": "95%以上"},
    ]
    mof(sh, f, numbering="%c", unit="亿元")
    o.emit("t15-prose-targets-1.xlsx", sh, [(f, sh)], "targets are sentences and lists; ① before names; sums in 亿元")

    # T16: old Fujian.
    sh, f = Sheet("目标表"), sample(
        "jobs", project="台胞服务经费", department="某市台联", unit="某市台联", year=2017, full=46.5, goal="做好台胞服务。"
    )
    f.fact["rows"] = [
        {"l1": a, "l2": b, "l3": c, "target": t}
        for a, b, c, t in (
            ("投入", "时效目标", "资金到位及时率", "100%"),
            ("投入", "成本目标", "人均慰问标准", "≤500元/人"),
            ("产出", "数量目标", "慰问困难台胞人数", "432人"),
            ("产出", "数量目标", "组织交流活动场次", "≥6场"),
            ("产出", "质量目标", "活动按计划完成率", "100%"),
            ("效益", "社会效益目标", "增进两岸同胞感情", "有所增进"),
            ("效益", "服务对象满意度目标", "台胞满意度", "≥95%"),
        )
    ]
    mof(
        sh, f, cols=[("l1", "一级目标"), ("l2", "二级目标"), ("l3", "三级目标", 2), ("target", "目标值")], numbering="目标%d：", templates=0
    )
    o.emit("t16-old-goal-words-1.xlsx", sh, [(f, sh)], "投入, 产出, 效益; 数量目标; 目标1： before names")

    # The department's own.
    sh, f = Sheet("整体目标"), sample("dept-water", kind="department_target", year=2024)
    r = title(sh, 1, 8, "部门整体支出绩效目标表", "（2024年度）")
    r = fields(sh, r, 1, 8, f, [("部门名称", "department", 2, 6)])
    sh.put(r, 1, "年度主要任务", rs=4, cs=2), sh.put(r, 3, "任务名称"), sh.put(r, 4, "主要内容", cs=2), sh.put(
        r, 6, "总额（万元）"
    ), sh.put(r, 7, "财政拨款"), sh.put(r, 8, "其他资金")
    for i, (a, b, x, y) in enumerate(
        (
            ("重点水利工程", "推进8项工程建设", 3814, 3814),
            ("农村供水保障", "维修养护供水工程", 800.5, 800.5),
            ("机构运转", "人员和公用经费", 702.4, 702.4),
        )
    ):
        sh.put(r + 1 + i, 3, a), sh.put(r + 1 + i, 4, b, cs=2), sh.put(r + 1 + i, 6, x), sh.put(r + 1 + i, 7, y), sh.put(r + 1 + i, 8, None)
    sh.put(r + 4, 1, "金额合计", cs=5), sh.put(r + 4, 6, 5316.9), sh.put(r + 4, 7, 5316.9), sh.put(r + 4, 8, None)
    f.shown["budget_full_year"] = 5316.9
    r = goal(sh, r + 5, 1, 8, f, label="年度总体目标", label_span=2, heads=None)
    indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值"), ("weight", "分值"), ("basis", "备注")],
        f,
        side="年度绩效指标",
    )
    o.emit("td-department-target-1.xlsx", sh, [(f, sh)], "department target form with a table of the year's tasks", layout="department")

    sh, f = Sheet("t", before=["表15", "部门（单位）整体支出绩效目标申报表", "（2025年度）"]), sample(
        "dept-edu", kind="department_target", year=2025
    )
    r = fields(sh, 1, 1, 7, f, [("单位名称", "unit", 2, 5)])
    sh.put(r, 1, "年度预算申请（万元）", rs=4, cs=2), sh.put(r, 3, "资金总额：71235.84", cs=5), sh.put(
        r + 1, 3, "按收入性质分：", cs=2
    ), sh.put(r + 1, 5, "按支出性质分：", cs=3)
    sh.put(r + 2, 3, "其中：一般公共预算：71235.84", cs=2), sh.put(r + 2, 5, "其中：基本支出：62018.5", cs=3), sh.put(
        r + 3, 3, "其他资金：0", cs=2
    ), sh.put(r + 3, 5, "项目支出：9217.34", cs=3)
    f.shown["budget_full_year"] = 71235.84
    r = fields(sh, r + 4, 1, 7, f, [("部门职能职责概述", "=贯彻执行教育方针政策，管理各级各类教育。", 2, 5)])
    r = fields(sh, r, 1, 7, f, [("整体绩效目标", "=" + f.fact["goal"], 2, 5)])
    indicators(
        sh,
        r,
        1,
        [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "年度指标值", 2)],
        f,
        side="部门整体支出年度绩效指标",
    )
    o.emit(
        "td-department-target-word-2.docx",
        sh,
        [(f, sh)],
        "department application, Word; total inside a cell; two columns of funds",
        layout="department",
    )
