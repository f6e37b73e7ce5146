"""One table in memory (Sheet) and its writers: xlsx, docx, html, csv.

A Sheet holds cells by (row, column), both from 1, with spans. The writers are
deterministic: the same Sheet always gives the same bytes.
"""

import datetime
import html
import io
import zipfile

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

EPOCH = (2024, 1, 1, 0, 0, 0)
STAMP = datetime.datetime(2024, 1, 1)
CN_DATE = 'yyyy"年"m"月"d"日"'


def show(value, fmt=None):
    """The text that a spreadsheet program shows for value in number format fmt."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        if fmt == CN_DATE:
            return f"{value.year}年{value.month}月{value.day}日"
        return value.isoformat()
    if fmt and fmt.endswith("%"):
        places = len(fmt.rstrip("%").partition(".")[2])
        return f"{value * 100:.{places}f}%"
    if fmt and fmt.startswith("#,##0"):
        return f"{value:,.{len(fmt.partition('.')[2])}f}"
    if fmt and fmt.startswith("0."):
        return f"{value:.{len(fmt.partition('.')[2])}f}"
    if isinstance(value, float):
        return f"{value:.10g}" if value != int(value) else str(int(value))
    return str(value)


class Sheet:
    """A table. before and after are the paragraphs around it in docx and html."""

    def __init__(self, name="Sheet1", before=(), after=()):
        self.name, self.before, self.after = name, list(before), list(after)
        self.cells = {}  # (row, col) -> (value, rowspan, colspan, fmt)

    def put(self, row, col, value, rs=1, cs=1, fmt=None):
        self.cells[row, col] = (value, rs, cs, fmt)
        return f"{get_column_letter(col)}{row}"

    def size(self):
        rows = max((r + v[1] - 1 for (r, _), v in self.cells.items()), default=0)
        cols = max((c + v[2] - 1 for (_, c), v in self.cells.items()), default=0)
        return rows, cols

    def cover(self):
        """The positions hidden below a span, each with the position of its cell."""
        hidden = {}
        for (r, c), (_, rs, cs, _) in self.cells.items():
            for i in range(r, r + rs):
                for j in range(c, c + cs):
                    if (i, j) != (r, c):
                        assert (i, j) not in self.cells, f"{self.name}: spans overlap at {i},{j}"
                        hidden[i, j] = (r, c)
        return hidden

    def moved(self, rows, cols):
        """A copy that starts rows further down and cols further right."""
        out = Sheet(self.name, self.before, self.after)
        out.cells = {(r + rows, c + cols): v for (r, c), v in self.cells.items()}
        return out


def steady(data):
    """The same zip archive with one fixed date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as src, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            body = src.read(name)
            if name == "docProps/core.xml":  # openpyxl writes the time of saving
                start, end = body.find(b"<dcterms:modified"), body.find(b"</dcterms:modified>")
                if start >= 0:
                    body = body[:start] + body[end + len(b"</dcterms:modified>") :]
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            dst.writestr(info, body)
    return out.getvalue()


def xlsx(sheets, images=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = "testdata"
    book.properties.created = STAMP
    for s in sheets:
        s.cover()
        ws = book.create_sheet(s.name)
        for (r, c), (value, rs, cs, fmt) in sorted(s.cells.items()):
            cell = ws.cell(r, c)
            if value is not None and value != "":
                cell.value = value
                if isinstance(value, str) and value[:1] == "=":
                    cell.data_type = "s"  # "=100%" is a target, not a formula
            if fmt:
                cell.number_format = fmt
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if rs > 1 or cs > 1:
                ws.merge_cells(start_row=r, start_column=c, end_row=r + rs - 1, end_column=c + cs - 1)
        for image in images:
            ws.add_image(image)
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue())


def docx(parts):
    """A Word file of paragraphs (str) and tables (Sheet), with gridSpan and vMerge."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(_para(part))
            continue
        body += [_para(p) for p in part.before]
        body.append(_word_table(part))
        body += [_para(p) for p in part.after] or ["<w:p/>"]
    files = {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {w}><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, text in files.items():
            z.writestr(name, text)
    return steady(out.getvalue())


def _para(text):
    runs = []
    for k, line in enumerate(text.split("\n")):
        if k:
            runs.append("<w:r><w:br/></w:r>")
        # Word splits words over runs at every edit; so do we, in the middle.
        half = len(line) // 2
        for piece in (line[:half], line[half:]):
            if piece:
                runs.append(f'<w:r><w:t xml:space="preserve">{html.escape(piece, quote=False)}</w:t></w:r>')
    return f"<w:p>{''.join(runs)}</w:p>"


def _word_table(s):
    hidden, (rows, cols) = s.cover(), s.size()
    out = ["<w:tbl><w:tblPr/><w:tblGrid>" + "<w:gridCol/>" * cols + "</w:tblGrid>"]
    for r in range(1, rows + 1):
        out.append("<w:tr>")
        c = 1
        while c <= cols:
            at = hidden.get((r, c), (r, c))
            value, rs, cs, fmt = s.cells.get(at, ("", 1, 1, None))
            props = f'<w:gridSpan w:val="{cs}"/>' if cs > 1 else ""
            text = show(value, fmt)
            if rs > 1:
                props += '<w:vMerge w:val="restart"/>' if at[0] == r else "<w:vMerge/>"
                text = text if at[0] == r else ""
            out.append(f"<w:tc><w:tcPr>{props}</w:tcPr>{_para(text)}</w:tc>")
            c += cs
        out.append("</w:tr>")
    return "".join(out) + "</w:tbl>"


def page(parts, charset="utf-8", title="绩效信息公开"):
    """A web page of paragraphs and tables with rowspan and colspan."""
    esc = lambda t: html.escape(t, quote=False).replace("\n", "<br>")
    out = [
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{title}</title>'
        "<style>td{border:1px solid #000}</style></head>\n<body>\n"
        '<div class="nav"><a href="#">首页</a> &gt; <a href="#">信息公开</a></div>\n'
    ]
    for part in parts:
        if isinstance(part, str):
            out.append(f"<p>{esc(part)}</p>\n")
            continue
        out += [f"<p>{esc(p)}</p>\n" for p in part.before]
        hidden, (rows, cols) = part.cover(), part.size()
        out.append("<table>\n")
        for r in range(1, rows + 1):
            out.append("<tr>")
            for c in range(1, cols + 1):
                if (r, c) in hidden:
                    continue
                value, rs, cs, fmt = part.cells.get((r, c), ("", 1, 1, None))
                span = (f' rowspan="{rs}"' if rs > 1 else "") + (f' colspan="{cs}"' if cs > 1 else "")
                text = esc(show(value, fmt)) or "&nbsp;"
                out.append(f"<td{span}><p><span>{text}</span></p></td>")
            out.append("</tr>\n")
        out.append("</table>\n")
        out += [f"<p>{esc(p)}</p>\n" for p in part.after]
    out.append('<div class="foot">版权所有</div>\n</body></html>\n')
    return "".join(out).encode(charset)


def csv(s, charset, sep=","):
    """Comma-separated text; merged cells leave their other fields empty."""
    rows, cols = s.size()
    lines = []
    for r in range(1, rows + 1):
        fields = []
        for c in range(1, cols + 1):
            value, _, _, fmt = s.cells.get((r, c), ("", 1, 1, None))
            text = show(value, fmt)
            if any(ch in text for ch in (sep, '"', "\n")):
                text = '"' + text.replace('"', '""') + '"'
            fields.append(text)
        lines.append(sep.join(fields))
    return ("\r\n".join(lines) + "\r\n").encode(charset)
