"""The demonstration data: published figures in the ministry's standard forms.

A county bureau keeps such files by department and year. Target forms of the
same year are set out again from the targets that the published self-evaluation
prints. A few files are made up to show monitoring and a later year; their names
and titles say 示例数据.
"""

import json
import re

from blocks import Form, fields, foot, goal, indicators, money, title
from facts import real
import forms_self
import forms_target
import hostile
from output import Output
from sheet import Sheet

FOLDER = {
    "教育": "教育局",
    "公共安全": "公安司法",
    "农林水": "农业林业水利",
    "卫生健康": "卫生医保",
    "交通运输": "交通运输局",
    "文化旅游体育与传媒": "文化旅游局",
    "社会保障和就业": "民政人社",
    "灾害防治及应急管理": "应急管理局",
    "城乡社区": "城市管理局",
    "住房保障": "住房建设局",
    "一般公共服务": "综合部门",
}
# Too little on them to be of use, or without a name for their indicators.
SKIP = {
    "fengjie-yunwu-2023-jiagongyuan",
    "xiangyin-2022-youeryuan",
    "linhai-lvhua-2024",
    "huoshan-2024-yiliaojiuzhu",
    "nujiang-tv-2018",
    "mengcheng-2024-gonggongweisheng",
}
# What the collectors of the figures added to a name, taken out again.
NAMES = {
    "ganzi-shianwei-2023": {"project": "州食品安全委员会工作经费", "year": 2023},
    "dongyang-2020-wenhua": {"project": "公共文化服务"},
    "daying-ranyoushui": {"region": "四川省遂宁市大英县", "project": "燃油税转移支付农村公路养护", "year": 2023},
    "lukou-2020-laojiuxiaoqu": {"unit": "渌口区住房保障服务中心"},
    "fuliang-forestry-2026-dept-target": {"project": None},
    "lingling-forestry-2021-dept-self": {"project": None},
}
WORD = {
    "yuanzhou-forest-2022-target",
    "baoshan-library-2022",
    "qingchuan-sifa-2021",
    "nanchang-2020-tuiyipeixun",
    "jingde-2021-yinshui",
    "yunnan-emergency-2024-hangkong",
}
MADE_FROM = {
    "yongde-2023-target": "yongde-minglang-2022-nutrition",
    "yongde-2023-self": "yongde-minglang-2022-nutrition",
    "xiangtan-2024-self": "xiangtan-huanwei-2024-wupaoche",
}
TARGET_TOO = (
    "yongde-minglang-2022-nutrition",
    "xiaoxian-zhangzhuangzhai-2023-zhongyang",
    "chengan-2020-gaoling",
    "yunnan-emergency-2022-hangkong",
    "hbust-2021-zhuxuejin",
    "nankai-2018-shengwu",
)


PLACES = {"宁夏回族自治区固原市原州区": "原州区", "四川省遂宁市经济技术开发区": "遂宁经开区", "天津市河北区": "天津市河北区"}


def place(f):
    """The county or city of a region, for a file name."""
    if f["region"] in PLACES:
        return PLACES[f["region"]]
    m = re.findall(r"[^省市州盟区县旗]+?(?:自治州|地区|省|市|州|盟|区|县|旗)", f["region"] or "")
    return m[-1] if m else f["region"] or ""


def file_name(f, what, ext="xlsx"):
    project = re.sub(r"[()（）、:：]", "", f["project"] or "部门整体")
    return f"{FOLDER[f['sector']]}/{f['year']}/{place(f)}-{project}-{what}.{ext}"


def target_form(f, form, head):
    sh = Sheet("绩效目标表")
    cols = [("l1", "一级指标"), ("l2", "二级指标"), ("l3", "三级指标", 2), ("target", "指标值")]
    if any(r["weight"] is not None for r in f["rows"]):
        cols.append(("weight", "分值"))
    if form.kind == "department_target":
        n = 6
        r = title(sh, 1, n, head, f"（{f['year']}年度）")
        r = fields(sh, r, 1, n, form, [("部门名称", "department", 2, 4)])
        r = goal(sh, r, 1, n, form, label="年度总体目标", label_span=2, heads=None)
        indicators(sh, r, 1, cols, form, side="年度绩效指标")
    else:
        forms_target.mof(sh, form, head=head, cols=cols, unit=f["money"], signed=False)
    return sh


def self_form(f, form, head):
    sh = Sheet("自评表")
    points = any(r["weight"] is not None for r in f["rows"])
    cols = list(forms_self.STD) if points else [c for c in forms_self.STD if c[0] not in ("weight", "score")]
    cols[2] = ("l3", "三级指标") if points else ("l3", "三级指标", 2)
    sums = forms_self.MOF_SUMS if points else [("init", "年初预算数"), ("full", "全年预算数"), ("exec", "全年执行数"), ("rate", "执行率")]
    names = ("项目名称", "主管部门", "实施单位")
    if form.kind == "department_self_evaluation":
        n = 9
        r = title(sh, 1, n, head, f"（{f['year']}年度）")
        r = fields(sh, r, 1, n, form, [("部门名称", "department", 2, 7)])
        r = forms_self.budget(sh, r, 1, n, form, sums, forms_self.MOF_FUNDS, side="年度预算\n（万元）", label_span=2)
        r = goal(sh, r, 1, n, form)
        indicators(sh, r, 1, cols, form, side=forms_self.SIDE)
    else:
        forms_self.mof(
            sh,
            form,
            head=head,
            cols=cols,
            sums=sums,
            unit=f["money"],
            points=None,
            signed=False,
            total=points and f["total"] is not None,
            names=names,
        )
    return sh


def monitoring_form(f, form, head, executed):
    sh, n = Sheet("运行监控表"), 9
    r = title(sh, 1, n, head, f"（{f['year']}年度，1—7月）")
    r = fields(sh, r, 1, n, form, [("项目名称", "project", 2, 7)])
    r = fields(sh, r, 1, n, form, [("主管部门", "department", 2, 3), ("实施单位", "unit", 1, 3)])
    sh.put(r, 1, f"项目资金\n（{f['money']}）", rs=2, cs=2)
    plan = f["init"] if f["init"] is not None else f["full"]
    for k, (h, v) in enumerate(
        (
            ("年初预算数", money(form, plan, f["money"])),
            ("1—7月执行数", money(form, executed, f["money"])),
            ("1—7月执行率", f"{executed / plan * 100:.2f}%"),
            ("全年预计执行数", money(form, plan, f["money"])),
        )
    ):
        sh.put(r, 3 + k, h, cs=1 if k < 3 else 4), sh.put(r + 1, 3 + k, v, cs=1 if k < 3 else 4)
    form.shown.update(budget_initial=money(form, plan, f["money"]), executed=money(form, executed, f["money"]), budget_unit=f["money"])
    r = goal(sh, r + 2, 1, n, form, label="年度总体目标", label_span=2, heads=None)
    indicators(
        sh,
        r,
        1,
        [
            ("l1", "一级指标"),
            ("l2", "二级指标"),
            ("l3", "三级指标"),
            ("target", "年度指标值"),
            ("actual", "1—7月执行情况"),
            ("expected", "全年预计完成情况"),
            ("reason", "偏差原因分析"),
            ("likely", "完成目标可能性"),
        ],
        form,
        side=forms_self.SIDE,
    )
    return sh


def make(root):
    o = Output(root / "demo")
    o.places = {}
    facts = {k: {**f, **NAMES.get(k, {})} for k, f in real().items() if k not in SKIP}
    facts["xuancheng-police-2021-drugs"]["rows"] = [{**r, "l1": "产出指标(50分)"} for r in facts["xuancheng-police-2021-drugs"]["rows"]]

    for key, f in facts.items():
        ext = "docx" if key in WORD else "xlsx"
        if f["kind"] == "target":
            kind = "department_target" if f["project"] is None else "target"
            form = Form(f, kind)
            sh = target_form(f, form, "部门整体支出绩效目标表" if f["project"] is None else "项目支出绩效目标表")
            name = file_name(f, "目标表", ext)
        else:
            kind = "department_self_evaluation" if f["project"] is None else "self_evaluation"
            form = Form(f, kind)
            sh = self_form(f, form, "部门整体支出绩效自评表" if f["project"] is None else "项目支出绩效自评表")
            name = file_name(f, "自评表", ext)
        if ext == "docx":
            sh.name = ""
        o.emit(name, sh, [(form, sh)], "published", layout="demo")
        if key in TARGET_TOO:
            g = {**f, "full": f["init"] if f["init"] is not None else f["full"]}
            form = Form(g, "target", id=key + "-target")
            sh = target_form(g, form, "项目支出绩效目标表")
            o.emit(file_name(f, "目标表"), sh, [(form, sh)], "set out again from the targets on the self-evaluation", layout="demo")

    made_up(o, facts)
    for e in o.expected:
        key = re.sub("-(target|monitoring)$", "", e["id"])
        here = facts.get(e["id"]) or facts.get(key) or facts[MADE_FROM[e["id"]]]
        o.places[e["id"]] = here["region"]
    (root / "demo-expected.jsonl").write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in o.expected), encoding="utf-8")
    correction(root, facts)
    problems(root)
    return o


def made_up(o, facts):
    """Values that nobody published: monitoring at the end of July, and a later year."""
    watch = {  # executed so far, then per indicator: value so far, expected, reason, likelihood
        "yongde-minglang-2022-nutrition": (
            22.6138,
            {
                "学生受资助人数": ("741", "735", None, "确定能"),
                "营养改善计划覆盖率": ("100%", "100%", None, "确定能"),
                "资金到位及时率": ("82%", "95%", "上级资金6月到位", "有可能"),
                "生均补助标准达标率": ("100%", "100%", None, "确定能"),
                "减轻贫困学生家庭经济负担": ("有效", "有效", None, "确定能"),
                "政策知晓率": ("93%", "98%", "新生家长尚未宣传到位", "有可能"),
                "促进学校教育事业健康发展": ("100%", "100%", None, "确定能"),
                "学生满意度": ("96%", "≥95%", None, "确定能"),
                "家长满意度": ("97%", "≥95%", None, "确定能"),
            },
        ),
        "chengan-2020-gaoling": (
            3.99,
            {
                "符合条件申报对象覆盖率": ("100%", "100%", None, "确定能"),
                "完成率": ("58.33%", "100%", None, "确定能"),
                "补贴发放率": ("100%", "100%", None, "确定能"),
                "服务对象满意度": (None, "≥95%", "年底调查", "确定能"),
            },
        ),
        "xiangtan-huanwei-2024-wupaoche": (
            131.2,
            {
                "雾炮车抑尘降尘服务配备车辆数": ("10", "10", None, "确定能"),
                "雾炮车风炮射程": ("80M", "80M", None, "确定能"),
                "服务周期内空气质量": ("优良", "优良", None, "确定能"),
                "服务周期": ("96", "180", None, "确定能"),
                "控制在预算成本内": ("控制在预算内", "控制在预算内", None, "确定能"),
                "服务周期内,市民对空气质量改善的满意程度": ("83%", "85%", "春季扬尘天数较多", "有可能"),
                "满意度": ("91%", "90%", None, "确定能"),
            },
        ),
        "hbust-2021-zhuxuejin": (
            1402.5,
            {
                "受资助本专科学生人数": ("7986", "15900", "秋季学期尚未评定", "确定能"),
                "国家奖学金按标准发放率": (None, "100%", "11月发放", "确定能"),
                "资助学生满意度": ("95%", "95%", None, "确定能"),
                "奖助政策学生知晓率": ("100%", "100%", None, "确定能"),
            },
        ),
    }
    for key, (executed, node) in watch.items():
        f = {**facts[key]}
        f["rows"] = [
            {
                **r,
                "actual": node.get(r["l3"], (None,) * 4)[0],
                "expected": node.get(r["l3"], (None,) * 4)[1],
                "reason": node.get(r["l3"], (None,) * 4)[2],
                "likely": node.get(r["l3"], (None, None, None, "确定能"))[3],
            }
            for r in f["rows"]
        ]
        form = Form(f, "monitoring", id=key + "-monitoring", origin="made up")
        sh = monitoring_form(f, form, "项目支出绩效运行监控表（示例数据）", executed)
        o.emit(file_name(f, "运行监控表-示例数据"), sh, [(form, sh)], "values for January to July made up", layout="demo")

    f = facts["yongde-minglang-2022-nutrition"]
    later = {"学生受资助人数": ("≧720人次", "722"), "政策知晓率": ("≧98%", "99%"), "资金到位及时率": ("≧100%", "100%")}
    g = {
        **f,
        "year": 2023,
        "init": 37.98,
        "full": 37.98,
        "exec": 37.98,
        "total": 99,
        "rows": [
            {
                **r,
                "target": later.get(r["l3"], (r["target"],))[0],
                "actual": later.get(r["l3"], (0, r["actual"]))[1],
                "score": 9 if r["l3"] == "家长满意度" else r["weight"],
            }
            for r in f["rows"]
        ],
    }
    form = Form(g, "target", id="yongde-2023-target", origin="made up")
    sh = target_form(g, form, "项目支出绩效目标表（示例数据）")
    o.emit(file_name(g, "目标表-示例数据"), sh, [(form, sh)], "the next year's targets made up", layout="demo")
    form = Form(g, "self_evaluation", id="yongde-2023-self", origin="made up")
    sh = self_form(g, form, "项目支出绩效自评表（示例数据）")
    o.emit(file_name(g, "自评表-示例数据"), sh, [(form, sh)], "the next year's self-evaluation made up", layout="demo")

    f = facts["xiangtan-huanwei-2024-wupaoche"]
    acts = ("10", "82M", "良", "176", "控制在预算内", "86.3%", "92%")
    g = {
        **f,
        "exec": 246.8,
        "exec_score": 9.87,
        "total": 97.87,
        "rows": [
            {**r, "actual": a, "weight": w, "score": s}
            for r, a, (w, s) in zip(f["rows"], acts, ((10, 10), (10, 10), (10, 8), (10, 10), (10, 10), (30, 30), (10, 10)))
        ],
    }
    form = Form(g, "self_evaluation", id="xiangtan-2024-self", origin="made up")
    sh = self_form(g, form, "项目支出绩效自评表（示例数据）")
    o.emit(file_name(g, "自评表-示例数据"), sh, [(form, sh)], "the year's self-evaluation made up", layout="demo")


def correction(root, facts):
    """The 2022 self-evaluation of Yongde once more, with two values changed."""
    o = Output(root / "demo-correction")
    f = facts["yongde-minglang-2022-nutrition"]
    g = {
        **f,
        "total": 95,
        "rows": [
            {**r, "actual": "96%", "score": 8} if r["l3"] == "政策知晓率" else {**r, "actual": "738"} if r["l3"] == "学生受资助人数" else r
            for r in f["rows"]
        ],
    }
    form = Form(g, "self_evaluation", id="yongde-2022-corrected", origin="made up")
    sh = self_form(g, form, "项目支出绩效自评表")
    rows, cols = sh.size()
    foot(sh, rows + 1, 1, cols, "更正说明（示例数据）：学生受资助人数实际完成值由735更正为738，政策知晓率由98%更正为96%，得分由9更正为8。")
    o.emit(file_name(g, "自评表"), sh, [(form, sh)], "correction: two values differ", layout="demo")


def problems(root):
    folder = root / "demo-problems"
    folder.mkdir(parents=True, exist_ok=True)
    good = hostile.workbook()
    (folder / "水利局-抗旱应急水源-文件不完整.xlsx").write_bytes(good[: len(good) * 2 // 3])
    (folder / "财政局-绩效目标-有密码.xlsx").write_bytes(hostile.encrypted())
