"""Monitoring forms, several forms in a sheet or book, and odd tables."""

from blocks import Form, budget, fields, foot, goal, indicators, title, total_row
from facts import MADE
import forms_self
import forms_target
from forms_self import REAL, SIDE
from sheet import Sheet

CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")


def watch(which, node, **changes):
    """A fact as it stands at the node: part done, the rest expected.

    node maps an indicator to (value so far, expected at the year's end, cause,
    explanation, likelihood); the rest is made from the fact's own values."""
    src = MADE[which] if which in MADE else REAL[which]
    f = Form(src, "monitoring", **changes)
    rows = []
    for row in f.fact["rows"]:
        so_far, end, cause, why, likely = node.get(row["l3"], (None, None, None, None, None))
        rows.append(
            {
                **row,
                "actual": so_far,
                "expected": end or row["target"],
                "cause": cause,
                "reason": why,
                "likely": likely or "确定能",
                "score": None,
                **{c: "√" if c == cause else None for c in CAUSES},
                **{k: "√" if k == (likely or "确定能") else None for k in ("确定能", "有可能", "完全不可能")},
            }
        )
    f.fact["rows"] = rows
    return f


def likely(form):
    for line, row in zip(form.lines, form.fact["rows"]):
        line["likelihood"] = row["likely"]


ROAD = {
    "养护农村公路里程": ("1286.4公里", "1286.4公里", None, None, None),
    "安装波形护栏": ("3260米", "8100米", "其他", "招标延后", "有可能"),
    "路面技术状况指数（PQI）": ("82.1", "≥80", None, None, None),
    "水毁路段抢通时限": ("20小时", "≤24小时", None, None, None),
    "县道日常养护标准": ("8000元/公里·年", "8000元/公里·年", None, None, None),
    "通车路段安全事故下降率": ("3.2%", "5%", None, None, "有可能"),
    "养护机制运行情况": ("良好", "良好", None, None, None),
    "沿线群众满意度": (None, "≥85%", None, "年底调查", None),
}
MEAL = {
    "享受营养膳食补助学生人数": ("8402人", "8390人", "其他", "学生转学", "有可能"),
    "供餐学校数": ("37所", "37所", None, None, None),
    "食材抽检合格率": ("100%", "100%", None, None, None),
    "补助资金拨付及时率": ("96.5%", "98%", "制度保障", "审批环节多", "有可能"),
    "生均补助标准": ("5元/天", "5元/天", None, None, None),
    "学生营养不良率": ("3.1%", "3%", None, None, None),
    "学校食堂管理制度": ("正在完善", "不断完善", None, None, None),
}


def make(o):
    # Monitoring.
    sh, f = Sheet("运行监控表"), watch("road", ROAD, year=2022)
    cols = (
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年度指标值"),
            ("actual", "1—7月执行情况"),
            ("expected", "全年预计完成情况"),
        ]
        + [(c, ("偏差原因分析", c)) for c in CAUSES]
        + [("reason", ("偏差原因分析", "原因说明"))]
        + [(k, ("完成目标可能性", k)) for k in ("确定能", "有可能", "完全不可能")]
        + [("blank", "备注")]
    )
    n = 17
    r = title(sh, 1, n, "项目支出绩效目标执行监控表", "（2022年度）")
    r = fields(sh, r, 1, n, f, [("项目名称", "project", 2, 15)])
    r = fields(sh, r, 1, n, f, [("主管部门及代码", "department", 2, 5), ("实施单位", "unit", 2, 8)])
    f.fact["seven"] = 462.38
    sh.put(r, 1, "项目资金\n（万元）", rs=4, cs=2)
    for k, (h, w) in enumerate((("", 3), ("年初预算数", 3), ("1—7月执行数", 3), ("1—7月执行率", 3), ("全年预计执行数", 3))):
        sh.put(r, 3 + 3 * k, h or None, cs=w)
    for i, (label, a, b, c, d) in enumerate(
        (
            ("年度资金总额：", 864.2, 462.38, "53.50%", 864.2),
            ("其中：本年一般公共预算拨款", 864.2, 462.38, "53.50%", 864.2),
            ("其他资金", None, None, None, None),
        )
    ):
        for k, v in enumerate((label, a, b, c, d)):
            sh.put(r + 1 + i, 3 + 3 * k, v, cs=3)
    f.shown.update(budget_initial=864.2, executed=462.38)
    r = goal(sh, r + 4, 1, n, f, label="年度总体目标", label_span=2, heads=None)
    indicators(sh, r, 1, cols, f, side=SIDE)
    likely(f)
    o.emit(
        "m01-monitoring-standard-1.xlsx",
        sh,
        [(f, sh)],
        "standard monitoring form; six columns of reasons, three of likelihood with ticks",
        layout="monitoring",
    )

    sh, f = Sheet("t", before=["附件1", "项目支出绩效运行监控表", "（2023年度）"]), watch("school-meal", MEAL)
    r = fields(sh, 1, 1, 9, f, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, 9, f, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 3)])
    sh.put(r, 1, "项目资金（万元）", rs=2, cs=2)
    for k, (h, v) in enumerate(
        (("年初预算数", 842.6), ("1-7月执行数", 478.6), ("1-7月执行率", "56.80%"), ("全年预计执行数", 842.6), ("", None))
    ):
        sh.put(r, 3 + k, h), sh.put(r + 1, 3 + k, v)
    for k in (8, 9):
        sh.put(r, k, None), sh.put(r + 1, k, None)
    f.shown.update(budget_initial=842.6, executed=478.6)
    indicators(
        sh,
        r + 2,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年初指标值"),
            ("actual", "1-7月执行情况"),
            ("expected", "全年预计完成情况"),
            ("reason", "偏差原因分析"),
            ("likely", "完成目标可能性"),
        ],
        f,
        side="绩效指标",
        levels=("merge", "merge"),
    )
    likely(f)
    o.emit("m02-monitoring-word-2.docx", sh, [(f, sh)], "Word, likelihood as words", layout="monitoring")

    sh, f = Sheet("监控"), watch(
        "it",
        {
            "运维信息系统数量": ("18", "18", None, None, None),
            "安全检查次数": ("8", "12", None, None, None),
            "系统可用率": ("99.7%", "99.8%", None, None, None),
            "故障响应时间": ("25分钟", "25分钟", None, None, None),
            "网上办件占比": ("80.2%", "85%", "人员保障", "人手不足", "有可能"),
            "核心数据备份机制": ("健全", "健全", None, None, None),
            "使用部门满意度": ("95%", "95%", None, None, None),
        },
    )
    r = title(sh, 1, 11, "2024年1-8月项目绩效运行监控情况表", "单位：万元")
    r = fields(sh, r, 1, 11, f, [("项目名称", "project", 1, 4), ("项目单位", "unit", 1, 5)])
    r = budget(
        sh,
        r,
        1,
        11,
        f,
        [("init", "年初预算数"), ("full", "调整后预算数"), ("exec", "1-8月执行数"), ("rate", "执行进度")],
        [("资金总额", {"init": 382.9, "full": 382.9, "exec": 240.16}), ("其中：财政拨款", {"init": 382.9, "full": 382.9, "exec": 240.16})],
        side="预算执行",
        label_span=2,
        spans=[2, 2, 2, 2],
    )
    sh.cells[r - 2, 10] = ("62.72%", 1, 2, None)
    f.shown["executed"] = 240.16
    indicators(
        sh,
        r,
        1,
        [
            ("seq", "序号"),
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("op", ("年度指标值", "性质")),
            ("val", ("年度指标值", "值")),
            ("unit", ("年度指标值", "单位")),
            ("weight", "权重"),
            ("actual", "监控期完成值"),
            ("expected", "预计年底完成值"),
            ("reason", "偏差原因及整改措施"),
        ],
        f,
    )
    o.emit(
        "m03-monitoring-split-3.xlsx",
        sh,
        [(f, sh)],
        "January to August; target in three columns; 监控期完成值, 预计年底完成值",
        layout="monitoring",
    )

    # Several monitoring forms in one wide sheet.
    sh, forms, r = Sheet("双监控"), [], 1
    r = title(sh, 1, 11, "2023年度预算绩效“双监控”情况汇总表", "金额单位：万元")
    for k, h in enumerate(
        (
            "序号",
            "项目单位",
            "项目名称",
            "年初预算数",
            "1-7月执行数",
            "执行率",
            "三级指标",
            "年初指标值",
            "1-7月完成值",
            "全年预计完成值",
            "偏差原因",
        )
    ):
        sh.put(r, 1 + k, h)
    r += 1
    for i, (which, node, ex) in enumerate((("road", ROAD, 462.38), ("school-meal", MEAL, 478.6))):
        f = watch(which, node, year=2023)
        m = len(f.fact["rows"])
        for k, v in enumerate((i + 1, f.fact["unit"], f.fact["project"], f.fact["init"], ex, f"{ex / f.fact['init'] * 100:.2f}%")):
            sh.put(r, 1 + k, v, rs=m)
        f.shown.update(unit=f.fact["unit"], project=f.fact["project"], budget_initial=f.fact["init"], executed=ex)
        r = indicators(sh, r, 7, [("l3", ""), ("target", ""), ("actual", ""), ("expected", ""), ("reason", "")], f, header=False)
        forms.append((f, sh))
    o.emit("m04-monitoring-wide-4.xlsx", sh, forms, "monitoring of two projects, one indicator a row, no levels", layout="monitoring")

    sh, f = Sheet("整体监控"), watch(
        "dept-water",
        {"完成重点水利工程数量": ("3项", "8项", None, None, "有可能"), "培训基层水利人员": ("156人次", "260人次", None, None, None)},
        project=None,
    )
    r = title(sh, 1, 8, "部门整体支出绩效运行监控表", "（2023年度1-6月）")
    r = fields(sh, r, 1, 8, f, [("部门名称", "department", 2, 6)])
    r = goal(sh, r, 1, 8, f, label="年度总体目标", label_span=2, heads=None)
    f.shown["project"] = None
    indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年度指标值"),
            ("actual", "1-6月完成情况"),
            ("expected", "全年预计完成值"),
            ("likely", "完成可能性"),
        ],
        f,
        side="绩效指标",
    )
    likely(f)
    o.emit("m05-monitoring-department-5.xlsx", sh, [(f, sh)], "monitoring of a whole department", layout="monitoring")

    # Several forms one after another.
    sh, forms, r = Sheet("Sheet1"), [], 1
    for which in ("drought", "library", "poverty"):
        f = Form(MADE[which], "self_evaluation")
        r = forms_self.mof(sh, f, r, points="newline", head="项目支出绩效自评表") + 2
        forms.append((f, sh))
    o.emit("x01-stacked-self-1.xlsx", sh, forms, "three self-evaluations one below the other, each with a title", layout="stacked")

    sh, forms = Sheet("汇总"), []
    r = title(sh, 1, 9, "2022年度项目支出绩效自评表")
    for which in ("road", "library", "drought"):
        f = Form(MADE[which], "self_evaluation")
        r = forms_self.mof(sh, f, r, title_rows=False, points="paren", signed=False)
        forms.append((f, sh))
    o.emit("x02-stacked-one-title-2.xlsx", sh, forms, "one title over three forms without empty rows", layout="stacked")

    sh, forms, r = Sheet("Sheet1"), [], 1
    f = Form(MADE["river"], "target", year=2021)
    r = forms_target.mof(sh, f, r) + 1
    g = Form(MADE["river"], "self_evaluation")
    r = forms_self.mof(sh, g, r, points="paren", numbering="指标%d：")
    o.emit(
        "x03-target-then-self-3.xlsx",
        sh,
        [(f, sh), (g, sh)],
        "target form and self-evaluation of one project on one sheet",
        layout="stacked",
    )

    sh, forms = Sheet("Sheet1"), []
    for k, which in enumerate(("drought", "library")):
        f = Form(MADE[which], "target", year=2022)
        forms_target.mof(
            sh, f, 1, 1 + 8 * k, cols=[("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("target", "指标值"), ("weight", "分值")]
        )
        forms.append((f, sh))
    o.emit("x04-side-by-side-4.xlsx", sh, forms, "two target forms side by side", layout="stacked")

    parts, forms = ["2022年度部门决算公开", "第四部分 附件", "一、项目支出绩效自评表"], []
    for which, head in (
        ("library", "（一）项目支出绩效自评表（2022年度）"),
        ("drought", "（二）项目支出绩效自评表（2022年度）"),
        ("road", "（三）项目支出绩效自评表（2022年度）"),
    ):
        sh = Sheet("t", before=[head])
        f = Form(MADE[which], "self_evaluation")
        forms_self.mof(sh, f, title_rows=False, points="paren", signed=False)
        parts.append(sh)
        forms.append((f, sh))
    parts += ["二、名词解释", "财政拨款收入：指单位从同级财政部门取得的财政预算资金。"]
    o.emit("x05-booklet-word-5.docx", parts, forms, "booklet of final accounts with three self-evaluations", layout="stacked")

    # Books of many sheets.
    sheets, forms = [], []
    cover = Sheet("封面")
    cover.put(8, 2, "2024年部门预算绩效目标", cs=6), cover.put(10, 2, "编制单位：云岭县水利局", cs=6), cover.put(12, 2, "2024年1月", cs=6)
    toc = Sheet("目录")
    for i, t in enumerate(("表1  部门整体支出绩效目标表", "表2  项目支出绩效目标表（3张）")):
        toc.put(2 + i, 1, t)
    sheets += [cover, toc]
    sh, f = Sheet("部门整体"), Form(MADE["dept-water"], "department_target", year=2024)
    r = title(sh, 1, 6, "部门整体支出绩效目标表", "（2024年度）")
    r = fields(sh, r, 1, 6, f, [("部门（单位）名称", "department", 2, 4)])
    r = budget(
        sh,
        r,
        1,
        6,
        f,
        [("full", "资金总额"), ("part", "财政拨款"), ("part", "其他资金")],
        [("年度预算申请", 1)],
        side="预算（万元）",
        label_span=2,
    )
    r = goal(sh, r, 1, 6, f, label="年度总体目标", label_span=2, heads=None)
    indicators(sh, r, 1, [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值")], f, side="年度绩效指标")
    sheets.append(sh), forms.append((f, sh))
    for which, tab in (("river", "项目1"), ("drought", "项目2"), ("farmland", "项目3")):
        sh, f = Sheet(tab), Form(MADE[which], "target", year=2024)
        forms_target.mof(
            sh,
            f,
            cols=[("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标"), ("target", "指标值"), ("weight", "分值")],
            templates=1,
            numbering="指标%d：",
        )
        sheets.append(sh), forms.append((f, sh))
    empty, note = Sheet("Sheet7"), Sheet("填表说明")
    for i, t in enumerate(
        (
            "填表说明",
            "1.一级指标、二级指标不得修改，三级指标根据项目实际填写。",
            "2.指标值应当量化，如“≥95%”“≤100万元”。",
            "3.分值合计为90分，其中产出指标50分、效益指标30分、满意度指标10分。",
        )
    ):
        note.put(1 + i, 1, t, cs=6)
    sheets += [empty, note]
    o.emit(
        "w01-department-book-1.xlsx",
        sheets,
        forms,
        "cover, contents, department form, three project forms, empty sheet, notes",
        layout="book",
    )

    sheets, forms = [], []
    for which, tab in (("court", "办案业务费"), ("police", "智慧安防"), ("bus", "公交补贴")):
        sh, f = Sheet(tab), Form(MADE[which], "self_evaluation", year=2023)
        forms_self.mof(sh, f, points="ascii", levels=("merge", "repeat"))
        sheets.append(sh), forms.append((f, sh))
    summary = Sheet("得分汇总")
    for k, h in enumerate(("序号", "项目名称", "全年预算数（万元）", "全年执行数（万元）", "自评得分", "等级")):
        summary.put(2, 1 + k, h)
    summary.put(1, 1, "2023年度项目自评得分汇总表", cs=6)
    for i, which in enumerate(("court", "police", "bus")):
        for k, v in enumerate((i + 1, MADE[which]["project"], MADE[which]["full"], MADE[which]["exec"], MADE[which]["total"], "优")):
            summary.put(3 + i, 1 + k, v)
    o.emit("w02-self-book-2.xlsx", [summary] + sheets, forms, "a summary of scores (not a form) and three self-evaluations", layout="book")

    # Odd tables.
    sh, f = Sheet("自评表"), Form(MADE["museum"], "self_evaluation", id="museum-order")
    cols = [
        ("seq", "序号"),
        ("l3", "具体指标"),
        ("l2", "指标类别"),
        ("l1", "一级指标"),
        ("score", "得分"),
        ("weight", "分值"),
        ("actual", "实际值（B）"),
        ("target", "目标值（A）"),
        ("reason", "备注"),
    ]
    r = title(sh, 1, 9, "博物馆免费开放补助资金绩效自评表（2024年度）")
    r = fields(sh, r, 1, 9, f, [("项目名称", "project", 2, 3), ("预算单位", "unit", 1, 3)])
    r = budget(
        sh,
        r,
        1,
        9,
        f,
        [("exec", "全年执行数"), ("full", "全年预算数"), ("init", "年初预算数"), ("rate", "执行率"), ("score", "得分"), ("points", "分值")],
        [("合计", 1), ("财政拨款", 1)],
        side="资金使用（万元）",
        label_span=2,
    )
    indicators(sh, r, 1, cols, f, levels=("repeat", "repeat"))
    o.emit(
        "o01-unusual-column-order-1.xlsx",
        sh,
        [(f, sh)],
        "columns reversed: score before weight, actual before target, name before levels",
        layout="odd",
    )

    sh, f = Sheet("自评表"), Form(MADE["cost2021"], "self_evaluation", id="cost-sub", project="城区环卫保洁服务（二期）")
    rows = []
    for row in f.fact["rows"]:
        rows.append(row)
        if row["l3"] == "清扫保洁面积":
            rows.append(
                {
                    "l1": row["l1"],
                    "l2": row["l2"],
                    "l3": "其中：机械化清扫面积",
                    "target": "≥350万平方米",
                    "actual": "362.4万平方米",
                    "weight": None,
                    "score": None,
                    "sub": True,
                    "reason": None,
                }
            )
            rows.append(
                {
                    "l1": row["l1"],
                    "l2": row["l2"],
                    "l3": "人工保洁面积",
                    "target": "≥62万平方米",
                    "actual": "56.2万平方米",
                    "weight": None,
                    "score": None,
                    "reason": None,
                }
            )
    f.fact["rows"] = rows
    forms_self.mof(
        sh,
        f,
        cols=[
            ("l1", "一级\n指标"),
            ("l2", "二级\n指标"),
            ("l3", "绩效内容"),
            ("weight", "分值"),
            ("actual", "实际\n完成值"),
            ("target", "年初\n指标值"),
            ("score", "自评\n得分"),
            ("reason", "扣分原因"),
        ],
        points="paren",
        numbering="（%d）",
    )
    o.emit("o02-actual-before-target-2.xlsx", sh, [(f, sh)], "actual before target; （1） before names; 其中 row", layout="odd")

    sh, f = Sheet("自评表"), Form(MADE["school-meal"], "self_evaluation", id="meal-text", year=2022, project="学生营养改善计划（自评）")
    for i, (l3, t, a) in enumerate(
        (
            ("享受营养膳食补助学生人数", "≧8426人", "8391"),
            ("供餐学校数", "═37", "37所"),
            ("食材抽检合格率", "不低于98%", "已完成100%"),
            ("补助资金拨付及时率", "100", "98.6"),
            ("生均补助标准", "5元/人*天", "5元/人*天"),
            ("学生营养不良率", "控制在3.5%以内", "≤3.5%"),
            ("学校食堂管理制度", "建立与否", "是"),
            ("学生及家长满意度", "90%及以上", "95.7%"),
        )
    ):
        f.fact["rows"][i] = {**f.fact["rows"][i], "target": t, "actual": a}
    forms_self.mof(sh, f, points="newline", templates=2, levels=("merge", "first"), unit="元", b_unit="元", b_fmt="#,##0.00")
    o.emit("o03-written-operators-3.xlsx", sh, [(f, sh)], "operators in many spellings (≧ ═ 不低于 控制在…以内); sums in 元", layout="odd")

    sh, f = Sheet("自评表"), Form(MADE["river"], "self_evaluation", id="river-na", year=2023, project="河湖管护经费")
    keep = [r_ for r_ in f.fact["rows"] if r_["l2"] not in ("生态效益指标", "成本指标")]
    f.fact["rows"] = keep
    f.fact["total"] = None
    r = forms_self.mof(sh, f, points=None, total=False, signed=False)
    for l1, l2, text in (
        ("成本指标", "经济成本指标", "不适用"),
        ("", "社会成本指标", "本项目不适用此指标"),
        ("", "生态环境成本指标", "/"),
        ("效益指标", "生态效益指标", "无"),
    ):
        for k, v in enumerate((None, l1 or None, l2, text, text if text == "/" else None, text if text == "/" else None, None, None, None)):
            sh.put(r, 1 + k, v)
        r += 1
    o.emit("o04-not-applicable-rows-4.xlsx", sh, [(f, sh)], "rows 不适用, /, 无 are not indicators", layout="odd")

    sh, f = Sheet("t"), Form(MADE["bus"], "self_evaluation", year=2023, project="公交运营补贴（网页）")
    r = forms_self.mof(
        sh,
        f,
        points="bare",
        levels=("merge", "merge"),
        cols=[
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年度目标值"),
            ("actual", "全年完成值"),
            ("weight", "权重"),
            ("score", "自评得分"),
            ("reason", "原因"),
        ],
    )
    o.emit("o05-web-points-bare-5.htm", sh, [(f, sh)], "web page, title inside the table, 产出指标50分", layout="odd")

    sh, f = Sheet("x"), Form(MADE["farmland"], "self_evaluation", year=2023, project="高标准农田建设（制表符文本）")
    forms_self.mof(sh, f, points="ascii", levels=("first", "first"), side=None, b_label_span=1)
    for line in f.lines:
        line.pop("cell")
    o.emit("o06-plain-text-6.tsv", sh, [(f, sh)], "tab-separated text in GB18030", charset="gb18030", layout="odd")

    sh, f = Sheet("自评表"), Form(MADE["oldtown"], "self_evaluation", id="oldtown-yuan", year=2023, project="老旧小区配套基础设施")
    forms_self.mof(
        sh,
        f,
        unit="元",
        funds=[("年度资金总额", 1), ("其中：中央补助", 0.5), ("省级资金", 0.25), ("市级资金", None), ("县（区）级资金", 0.25)],
        b_text="thousands",
        points=None,
        levels=("repeat", "merge"),
        b_side="项目资金（元）",
    )
    o.emit("o07-yuan-text-fund-rows-7.xlsx", sh, [(f, sh)], "sums in 元 as text; fund rows of centre, province, city, county", layout="odd")

    sh, f = Sheet("自评表"), Form(
        MADE["bond"],
        "self_evaluation",
        id="bond-yi",
        year=2022,
        project="轨道交通建设资本金",
        department="临江区住房和城乡建设局",
        unit="临江区轨道交通公司",
    )
    f.fact.update(init=128000, full=132400, exec=131076)
    forms_self.mof(sh, f, unit="亿元", points="newline")
    o.emit("o08-yi-yuan-8.xlsx", sh, [(f, sh)], "sums in 亿元", layout="odd")

    # A form whose fields stand in one cell each: "项目名称：…".
    sh, f = Sheet("自评表"), Form(MADE["it"], "self_evaluation", id="it-inline", year=2024, project="信息化运维（内嵌标签）")
    r = title(sh, 1, 8, "项目支出绩效自评表（2024年度）")
    sh.put(r, 1, "项目名称：信息化运维（内嵌标签）", cs=4), sh.put(r, 5, "主管部门：临江区数据管理局", cs=4)
    sh.put(r + 1, 1, "实施单位：临江区大数据中心", cs=4), sh.put(r + 1, 5, "资金单位：万元", cs=4)
    f.shown.update(project=f.fact["project"], department=f.fact["department"], unit=f.fact["unit"])
    r = budget(
        sh,
        r + 2,
        1,
        8,
        f,
        [("init", "年初预算"), ("full", "调整预算"), ("exec", "决算执行"), ("rate", "执行率"), ("points", "分值"), ("score", "得分")],
        [("资金合计", 1)],
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
            ("target", "年度指标值"),
            ("actual", "年度完成值"),
            ("weight", "分值"),
            ("score", "得分"),
            ("reason", "说明"),
        ],
        f,
    )
    total_row(sh, r, 1, 8, f, label="合   计", upto=6)
    o.emit("o09-labels-in-value-cells-9.xlsx", sh, [(f, sh)], "label and content in one cell: 项目名称：…", layout="odd")

    # Two levels of header with the side label above, level 1 with a vertical text.
    sh, f = Sheet("自评表"), Form(MADE["library"], "self_evaluation", id="library-vertical", year=2022, project="公共图书馆免费开放")
    forms_self.mof(
        sh,
        f,
        points=None,
        side="绩\n\n效\n\n指\n\n标\n\n完\n成\n情\n况",
        cols=[
            ("l1", "一级\n指标"),
            ("l2", "二级\n指标"),
            ("l3", "三级\n指标"),
            ("target", "年度\n指标值\n（A）"),
            ("actual", "全年\n完成值\n（B）"),
            ("weight", "分\n值"),
            ("score", "得\n分"),
            ("reason", "偏差原因\n分析及\n改进措施"),
        ],
    )
    for at, (v, rs, cs, fmt) in list(sh.cells.items()):
        if v in ("产出指标", "效益指标", "满意度指标"):
            sh.cells[at] = ("\n".join((v[:2], v[2:])) if v != "满意度指标" else "满\n意\n度\n指\n标", rs, cs, fmt)
    o.emit("o10-vertical-text-10.xlsx", sh, [(f, sh)], "vertical text, line breaks inside level names", layout="odd")

    # Not forms at all.
    sh = Sheet("预算")
    title(sh, 1, 5, "2024年部门收支预算总表", "单位：万元")
    for i, row in enumerate(
        (
            ("收入", None, "支出", None, None),
            ("项目", "预算数", "项目", "预算数", "备注"),
            ("一、一般公共预算拨款", 5316.9, "一、农林水支出", 4816.2, None),
            ("二、政府性基金", 300, "二、社会保障和就业支出", 800.7, None),
            ("收入总计", 5616.9, "支出总计", 5616.9, None),
        )
    ):
        for k, v in enumerate(row):
            sh.put(3 + i, 1 + k, v)
    o.emit("n01-budget-table-1.xlsx", sh, [], "a table of income and spending: not a form", layout="none", none="form.none")
    sh = Sheet("指标库")
    for k, h in enumerate(("序号", "行业", "指标名称", "计算公式", "数据来源", "适用范围")):
        sh.put(1, 1 + k, h)
    for i, (a, b, c) in enumerate(
        (
            ("交通", "公路列养率", "列养里程/总里程×100%"),
            ("教育", "巩固率", "毕业人数/入学人数×100%"),
            ("水利", "供水保证率", "供水天数/365×100%"),
        )
    ):
        for k, v in enumerate((i + 1, a, b, c, "统计报表", "全县")):
            sh.put(2 + i, 1 + k, v)
    o.emit("n02-library-list-2.xlsx", sh, [], "a list of indicators without project or target: not a form", layout="none", none="form.none")
