"""Files that are broken or not what their names say, all small."""

import io
import json
import struct
import zipfile
import zlib

import sheet as write
from blocks import Form
from facts import MADE
import forms_self


def png():
    """A grey square of 8 by 8 points."""
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = b"".join(b"\0" + b"\x80" * 8 for _ in range(8))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def encrypted():
    """A compound file with the two streams of a password-protected workbook.

    The streams hold filler: no password opens it."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    entry = lambda name, kind, left, right, child, start, size: (
        (name.encode("utf-16-le") + b"\0" * 64)[:64]
        + struct.pack("<HBBIII", 2 * len(name) + 2 if name else 0, kind, 1, left, right, child)
        + b"\0" * 16
        + struct.pack("<I", 0)
        + b"\0" * 16
        + struct.pack("<IQ", start, size)
    )
    info, package = bytes(i * 7 % 256 for i in range(4096)), bytes(i * 11 % 253 for i in range(4608))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108
    chain = lambda first, n: [first + i + 1 for i in range(n - 1)] + [end]
    fat = [0xFFFFFFFD, end] + chain(2, 8) + chain(10, 9)
    fat += [free] * (128 - len(fat))
    directory = (
        entry("Root Entry", 5, free, free, 1, end, 0)
        + entry("EncryptionInfo", 2, free, 2, free, 2, 4096)
        + entry("EncryptedPackage", 2, free, free, free, 10, 4608)
        + entry("", 0, free, free, free, 0, 0)
    )
    return header + struct.pack("<128I", *fat) + directory + info + package


def workbook():
    """A good workbook, to be damaged."""
    sh, f = write.Sheet("自评表"), Form(MADE["drought"], "self_evaluation")
    forms_self.mof(sh, f)
    return write.xlsx([sh])


def damage(data, name):
    """data with the content of one member of the archive turned over."""
    at = data.index(name) + len(name) + 40
    return data[:at] + bytes(255 - b for b in data[at : at + 400]) + data[at + 400 :]


def picture_only():
    """A workbook whose only sheet holds a picture and no cell."""
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = lambda kind, target: (
        f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{rel}/{kind}" Target="{target}"/></Relationships>'
    ).encode()
    drawing = (
        '<?xml version="1.0"?><xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>'
        '<xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="952500" cy="952500"/><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="1" name="p"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip xmlns:r="{rel}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write.xlsx([write.Sheet("扫描件")]))) as src, zipfile.ZipFile(out, "w") as dst:
        for name in src.namelist():
            body = src.read(name)
            if name == "xl/worksheets/sheet1.xml":
                body = body.replace(b"</worksheet>", f'<drawing xmlns:r="{rel}" r:id="rId1"/></worksheet>'.encode())
            if name == "[Content_Types].xml":
                body = body.replace(
                    b"</Types>",
                    b'<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing1.xml" '
                    b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
                )
            dst.writestr(name, body)
        dst.writestr("xl/media/image1.png", png())
        dst.writestr("xl/drawings/drawing1.xml", drawing)
        dst.writestr("xl/drawings/_rels/drawing1.xml.rels", rels("image", "../media/image1.png"))
        dst.writestr("xl/worksheets/_rels/sheet1.xml.rels", rels("drawing", "../drawings/drawing1.xml"))
    return write.steady(out.getvalue())


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    good = workbook()
    files = (
        ("empty.xlsx", b"", "file.empty", "no content"),
        ("empty.csv", b"\xef\xbb\xbf\r\n", "file.empty", "a byte order mark and a line break"),
        ("picture-named.xlsx", png(), "file.broken", "a renamed picture"),
        ("truncated.xlsx", good[: len(good) * 2 // 3], "file.broken", "a truncated workbook"),
        ("damaged.xlsx", damage(good, b"xl/worksheets/sheet1.xml"), "file.broken", "bytes of the sheet damaged"),
        ("password.xlsx", encrypted(), "file.encrypted", "a compound file with a password"),
        ("not-a-form.csv", "姓名代码,科目,成绩\r\nA01,语文,88\r\nA02,数学,91\r\n".encode("gb18030"), "form.none", "not a form"),
        (
            "no-table.html",
            "<html><head><meta charset='utf-8'></head><body><p>项目支出绩效自评表见附件。</p></body></html>".encode(),
            "form.none",
            "a web page without a table",
        ),
        ("picture-only.xlsx", picture_only(), "file.empty", "a picture and no cell"),
        ("text-named.docx", "项目名称,预算\r\n".encode(), "form.none", "a renamed text"),
        ("header-only.xlsx", write.xlsx([header_only()]), "form.no_lines", "headers without indicators"),
        ("unknown.xyz", b"\x00\x01\x02\x03", "file.unsupported", "an unknown kind"),
    )
    lines = []
    for name, data, code, what in files:
        (folder / name).write_bytes(data)
        lines.append({"file": name, "code": code, "what": what})
    (folder / "expected.jsonl").write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines), encoding="utf-8")
    return lines


def header_only():
    sh, f = write.Sheet("自评表"), Form(MADE["drought"], "self_evaluation", rows=[])
    forms_self.mof(sh, f)
    return sh
