"""Writes random layouts of the made-up facts: python3 random_layouts.py FOLDER COUNT [SEED].

For trying the forms reader on combinations that nobody thought of. Nothing of
it is committed; the same seed writes the same files.
"""

import pathlib
import random
import sys

from blocks import SIGN, Form, budget, budget_list, fields, foot, goal, indicators, title, total_row
from facts import MADE
from forms_self import relocated
from output import Output
from sheet import Sheet

HEADS = {
    "l1": ("一级指标", "一级\n指标", "一 级 指 标"),
    "l2": ("二级指标", "二级\n指标", "二级 指标"),
    "l3": ("三级指标", "三级\n指标", "指标名称", "指标内容", "绩效内容", "具体指标", "绩效指标名称"),
    "target": (
        "年度指标值",
        "指标值",
        "目标值",
        "年初目标值（A）",
        "年初设定目标",
        "预期指标值",
        "年度\n指标值",
        "年度目标值",
        "年度指标值（A）",
        "预算设定指标值",
        "年初指标值",
        "指标目标值",
    ),
    "actual": (
        "实际完成值",
        "全年完成值",
        "全年实际值",
        "全年实际完成值",
        "完成值",
        "实际值（B）",
        "实际\n完成值",
        "单项指标实际完成值",
        "实际完成情况",
        "年度完成值",
        "实际完成指标值",
    ),
    "weight": ("分值", "分 值", "权重", "指标分值", "分值权重", "权重（%）", "分值\n（权重）", "标准分", "指标权重"),
    "score": ("得分", "得 分", "自评得分", "指标得分", "自评分", "实际得分"),
    "reason": (
        "偏差原因分析及改进措施",
        "未完成原因分析",
        "偏差原因",
        "未完成原因和改进措施",
        "未完成原因及改进措施",
        "偏差原因分析\n及改进措施",
        "扣分原因",
        "原因分析",
    ),
    "op": ("指标性质", "运算符", "符号", "性质", "计算符号", "比较符"),
    "val": ("指标值", "目标值", "数值", "年度指标值", "值"),
    "unit": ("度量单位", "计量单位", "单位", "指标单位"),
    "soFar": ("1—7月执行情况", "1-7月完成值", "监控期完成值", "截至7月底完成情况", "1—8月实际完成值", "1-6月完成情况"),
    "expected": ("全年预计完成情况", "预计全年完成值", "全年预计完成值", "预计年底完成情况"),
    "likely": ("完成目标可能性", "完成可能性", "目标完成可能性"),
    "execSoFar": ("1—7月执行数", "1-8月执行数", "监控期执行数", "截至7月底执行数"),
    "init": ("年初预算数", "年初预算", "年初预算金额", "年初批复预算数"),
    "full": ("全年预算数", "调整后预算数", "全年预算数（A）", "调整预算数", "全年（调整）预算数", "调整后预算"),
    "exec": ("全年执行数", "预算执行数", "全年执行数（B）", "实际执行数", "执行数", "全年支出数", "实际支出数"),
    "points": ("分值", "权重"),
    "rate": ("执行率", "预算执行率", "执行率（B/A）", "执行率（%）"),
    "project": ("项目名称", "项目 名称", "专项名称", "项目名称（盖章）", "项目名称："),
    "department": ("主管部门", "主管部门及代码", "预算主管部门", "主管单位", "主管部门："),
    "unitname": ("实施单位", "项目单位", "项目实施单位", "预算单位", "资金使用单位", "单位名称", "填报单位"),
}
TITLES = (
    "项目支出绩效自评表",
    "项目绩效自评表",
    "财政支出项目绩效自评表",
    "项目支出绩效目标自评表",
    "专项资金绩效自评表",
    "预算项目绩效自评表",
)
TARGETS = ("项目支出绩效目标表", "项目支出绩效目标申报表", "项目绩效目标批复表", "预算绩效目标申报表", "项目支出绩效目标公开表")


def head(rng, key):
    return rng.choice(HEADS[key])


def columns(rng, kind):
    """The columns after the levels and the name, in an order that is in use."""
    what = ["target"]
    if rng.random() < 0.3:
        split = [("op", head(rng, "op")), ("val", head(rng, "val")), ("unit", head(rng, "unit"))]
        if rng.random() < 0.5:
            top = rng.choice(("年度指标值", "指标值", "预期指标值", "绩效目标值"))
            split = [(k, (top, h)) for k, h in split]
        target = split
    else:
        target = [("target", head(rng, "target"))]
    weight = [("weight", head(rng, "weight"))] if rng.random() < 0.75 else []
    if kind == "target":
        out = weight + target if rng.random() < 0.3 else target + weight
        if rng.random() < 0.3:
            out.append(("basis", rng.choice(("备注", "绩效标准", "指标说明"))))
        return out
    if kind == "monitoring":
        return (
            target
            + (weight if rng.random() < 0.3 else [])
            + [
                ("actual", head(rng, "soFar")),
                ("expected", head(rng, "expected")),
                ("reason", rng.choice(("偏差原因分析", "偏差原因", "偏差原因说明"))),
                ("likely", head(rng, "likely")),
            ]
        )
    actual = [("actual", head(rng, "actual"))]
    score = [("score", head(rng, "score"))] if weight or rng.random() < 0.3 else []
    order = rng.random()
    if order < 0.6:
        out = target + actual + weight + score
    elif order < 0.85:
        out = weight + target + actual + score
    else:
        out = target + weight + actual + score
    if rng.random() < 0.7:
        out.append(("reason", head(rng, "reason")))
    return out


def build(rng, i, ext, kind):
    """One form on a sheet of its own."""
    fact = MADE[
        rng.choice(
            [k for k, f in MADE.items() if f["project"] and k not in ("framework", "green", "lab") and all(r["target"] for r in f["rows"])]
        )
    ]
    form = Form(fact, kind, project=f"{fact['project']}（{i}）", id=f"random-{i}")
    f = form.fact
    if f["full"] is None:
        f["full"] = 100
    if kind == "monitoring":
        f["init"] = f["init"] or f["full"]
        f["exec"] = round(f["init"] * 0.5, 4)
        f["rows"] = [{**row, "expected": row["target"], "likely": "确定能"} for row in f["rows"]]
    sh = Sheet(rng.choice(("Sheet1", "自评表", "附件", "表一")))
    side = rng.choice(("绩\n效\n指\n标", "绩效指标", "年度绩效指标完成情况", None))
    cols = columns(rng, kind)
    mode = rng.choice(("merge", "merge", "merge", "repeat", "first"))
    levels = (mode, rng.choice((mode, "merge" if mode == "merge" else "repeat")))
    left = [("l1", head(rng, "l1")), ("l2", head(rng, "l2")), ("l3", head(rng, "l3"), rng.choice((1, 1, 2)))]
    if rng.random() < 0.15:
        left.insert(0, ("seq", "序号"))
    cols = left + cols
    if rng.random() < 0.1:
        cols.insert(len(left) + 1, ("blank", None))
    n = sum((c + (1,))[2] if len(c) < 3 else c[2] for c in cols) + (1 if side else 0)
    unit = rng.choice(("万元", "万元", "万元", "元", "亿元"))
    outside = rng.random() < 0.4
    name = rng.choice(
        {
            "self_evaluation": TITLES,
            "target": TARGETS,
            "monitoring": ("项目支出绩效运行监控表", "项目绩效目标执行监控表", "绩效运行监控情况表"),
        }[kind]
    )
    year = rng.choice((f"（{f['year']}年度）", f"（ {f['year']} 年度）", f"{f['year']}年"))
    r = 1
    if outside:
        sh.before = ["附件", name, year]
    else:
        if rng.random() < 0.5:
            r = title(sh, r, n, name, year)
        else:
            r = title(sh, r, n, f"{f['year']}年度{name}")
    if outside and ext in ("xlsx", "csv"):
        r = title(sh, r, n, name, year)
    if rng.random() < 0.2:
        sh.put(r, 1, f"金额单位：{unit}", cs=n)
        r += 1
    r = fields(sh, r, 1, n, form, [(head(rng, "project"), "project", 2, n - 2)])
    r = fields(sh, r, 1, n, form, [(head(rng, "department"), "department", 2, max(1, n // 2 - 2)), (head(rng, "unitname"), "unit", 1, 1)])
    label = rng.choice((f"项目资金\n（{unit}）", f"项目资金（{unit}）", f"资金情况（{unit}）", f"预算执行情况（{unit}）"))
    if kind == "target":
        r = budget_list(
            sh,
            r,
            1,
            n,
            form,
            [
                (rng.choice(("年度资金总额", "资金总额", "年度资金总额：", "预算总额")), 1),
                (rng.choice(("其中：财政拨款", "其中：财政资金", "财政拨款")), 1),
                ("其他资金", None),
            ],
            side=label,
            side_span=rng.choice((1, 2)),
            unit=unit,
        )
    else:
        sums = [("init", head(rng, "init"))] if rng.random() < 0.7 or kind == "monitoring" else []
        sums += [("exec", head(rng, "execSoFar"))] if kind == "monitoring" else [("full", head(rng, "full")), ("exec", head(rng, "exec"))]
        if kind != "monitoring" and rng.random() < 0.6:
            sums += [("points", head(rng, "points")), ("rate", head(rng, "rate")), ("score", "得分")]
        else:
            sums += [("rate", head(rng, "rate"))]
        if len(sums) + 2 > n:
            sums = [s for s in sums if s[0] not in ("points", "score", "init")]
        room = n - 2 - len(sums)
        spans = [1] * len(sums)
        for k in range(room):
            spans[rng.randrange(len(spans) - 1)] += 1
        r = budget(
            sh,
            r,
            1,
            n,
            form,
            sums,
            [
                (rng.choice(("年度资金总额", "年度资金总额：", "资金总额", "合计")), 1),
                ("其中：当年财政拨款", 1),
                (rng.choice(("上年结转资金", "      上年结转资金")), None),
                ("其他资金", None),
            ],
            side=label,
            unit=unit,
            spans=spans,
            text="thousands" if unit == "元" and rng.random() < 0.4 else False,
            dash=rng.choice(("—", "/", "-", None)),
        )
    if rng.random() < 0.8:
        if kind != "self_evaluation" or rng.random() < 0.3:
            r = goal(
                sh, r, 1, n, form, label=rng.choice(("年度总体目标", "总体目标", "年度目标", "年度绩效目标")), label_span=1, heads=None
            )
        else:
            r = goal(sh, r, 1, n, form, heads=rng.choice((("预期目标", "实际完成情况"), ("年初设定目标", "全年实际完成情况"))))
    keys = [c[0] for c in cols]
    r = indicators(
        sh,
        r,
        1,
        cols,
        form,
        side=side,
        levels=levels,
        points=rng.choice((None, "paren", "newline", "ascii", "bare")),
        numbering=rng.choice((None, None, "指标%d：", "%d.", "指标%d:", "%c")),
        templates=rng.choice((0, 0, 1, 2)),
        numeric=rng.random() < 0.6,
    )
    if "score" in keys and rng.random() < 0.8:
        upto = sum((c + (1,))[2] if len(c) < 3 else c[2] for c in cols[: keys.index("score")]) + (1 if side else 0)
        r = total_row(sh, r, 1, n, form, label=rng.choice(("总分", "合计", "总  分", "得分合计", "总计")), upto=upto, last=n - upto - 1)
    if rng.random() < 0.5:
        r = foot(sh, r, 1, n, rng.choice((SIGN, "注：1.得分按完成比例计算。\n2.定性指标按三档评分。", "备注：无")))
    return form, sh


def one(rng, o, i):
    """One file: mostly one form, sometimes several on a sheet, on sheets or in a document."""
    ext = rng.choice(("xlsx", "xlsx", "xlsx", "docx", "html", "csv"))
    count = rng.choice((1, 1, 1, 1, 2, 3)) if ext != "csv" else 1
    kinds = ("self_evaluation", "self_evaluation", "target", "monitoring")
    made = [build(rng, i * 10 + k, ext, rng.choice(kinds)) for k in range(count)]
    how = rng.choice(("stacked", "sheets")) if ext == "xlsx" else "tables"
    if how == "stacked":
        one_sheet, forms = Sheet("Sheet1"), []
        down, right = (rng.randrange(3), rng.randrange(3)) if rng.random() < 0.3 else (0, 0)
        for form, sh in made:
            one_sheet.cells.update(sh.moved(down, right).cells)
            forms.append((relocated(form, down, right), one_sheet))
            down += sh.size()[0] + rng.randrange(3)
        parts = [one_sheet]
    else:
        parts, forms = [], []
        for k, (form, sh) in enumerate(made):
            sh.name = f"{sh.name}{k + 1}"
            parts.append(sh), forms.append((form, sh))
        if ext == "xlsx" and rng.random() < 0.3:
            note = Sheet("填表说明")
            note.put(1, 1, "填表说明：一级指标、二级指标不得修改，指标值应当量化。")
            parts.insert(0, note)
    if ext == "csv":
        for line in forms[0][0].lines:
            line.pop("cell")
    o.emit(
        f"r{i:04d}.{ext}",
        parts,
        forms,
        "random",
        charset="gb18030" if ext == "csv" and rng.random() < 0.5 else "utf-8",
        layout="+".join(f.kind[:4] for f, _ in forms) + f"-{how}-{ext}",
    )


def main():
    folder, count, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int((sys.argv + ["1"])[3])
    o = Output(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        one(random.Random(seed * 1000003 + i), o, i)
    o.finish()


if __name__ == "__main__":
    main()
