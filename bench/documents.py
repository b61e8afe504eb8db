"""Writing one report as docx, against docxtpl and against no more than packing its document.xml.

The report says 60 figures in its text and holds six tables and a table of 60 sources.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import docx
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from bench.lines import Line, at_most, send, side_by_side
from xiezuo.papers.docx_writer import write_docx
from xiezuo.papers.model import Block, Column, Document, Figure, Heading, Paragraph, Table, Text

ROUNDS = 60
BODY = "word/document.xml"
PHRASES = (
    "截至本月中旬",
    "按照年初工作要点",
    "全县派驻纪检监察组",
    "各乡镇纪委",
    "第三协作区",
    "由监督检查室领办",
    "在编在岗人员",
    "其中专职副书记",
    "谈话场所改造",
    "同步录音录像",
    "逐项对账",
    "已全部到位",
    "尚在办理",
    "依据县纪委文件",
    "较上年同期增加",
    "制度修订征求意见",
    "集中办公区",
    "办案安全检查",
    "轮岗交流",
    "督促整改",
)
CHANCE = random.Random(60)
HEADS, TAILS = (["，".join(CHANCE.sample(PHRASES, 5)) for _ in range(60)] for _ in range(2))
TABLES = [
    [[f"第{row}纪检监察组", "组长", str(row + 3), str(row), "专职"] for row in range(8)] for _ in range(6)
]
SOURCES = [[f"图{row}", str(row * 7), "截至当日在岗人员，按人计", f"任职第{row}行"] for row in range(60)]
TITLES = (("单位", "职务", "人数", "其中专职", "性质"), ("数字", "值", "口径", "依据"))


def sample() -> Document:
    """The report."""
    tables = [Table(tuple(map(Column, TITLES[0])), tuple(map(tuple, rows)), "配备情况") for rows in TABLES]
    sources = Table(tuple(map(Column, TITLES[1])), tuple(map(tuple, SOURCES)), "数字来源")
    return Document(
        "关于片区协作工作情况的报告", (*_text(), *tables, sources), signer="某县纪委", date=date(2022, 8, 15)
    )


def _text() -> Iterator[Block]:
    for number in range(60):
        if number % 15 == 0:
            yield Heading(1, (Text(f"第{number // 15 + 1}部分"),))
        yield Paragraph(
            (Text(HEADS[number]), Figure(str(number), "stationed.staff", f"f{number}"), Text(TAILS[number]))
        )


def template() -> bytes:
    """The same report as a template of docxtpl."""
    word = docx.Document()
    word.add_paragraph("关于片区协作工作情况的报告")
    for number in range(60):
        if number % 15 == 0:
            word.add_heading(f"第{number // 15 + 1}部分", 1)
        word.add_paragraph(f"{HEADS[number]}{{{{ f[{number}] }}}}{TAILS[number]}")
    for name, columns in [*((f"t[{place}]", TITLES[0]) for place in range(6)), ("sources", TITLES[1])]:
        _add_table(word, name, columns)
    return _saved(word)


def _add_table(word: "docx.document.Document", rows: str, columns: tuple[str, ...]) -> None:
    table = word.add_table(rows=4, cols=len(columns))
    table.rows[1].cells[0].text = f"{{%tr for row in {rows} %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for place, title in enumerate(columns):
        table.rows[0].cells[place].text = title
        table.rows[2].cells[place].text = f"{{{{ row[{place}] }}}}"


def _saved(word: "docx.document.Document | DocxTemplate") -> bytes:
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


@dataclass(frozen=True)
class Packed:
    """The limit: everything but document.xml is packed already, and its text is there."""

    xml: bytes
    before: bytes
    directory: bytes

    @classmethod
    def of(cls, written: bytes) -> "Packed":
        """From a whole docx."""
        others = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(written)) as package,
            zipfile.ZipFile(others, "w", zipfile.ZIP_DEFLATED) as kept,
        ):
            for name in package.namelist():
                if name != BODY:
                    kept.writestr(name, package.read(name))
            xml = package.read(BODY)
            start = kept.start_dir
        return cls(xml, others.getvalue()[:start], others.getvalue()[start:-22])

    def write(self) -> bytes:
        """Deflate document.xml and put the file together."""
        packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(self.xml) + packer.flush()
        facts = (20, 0, 8, 0, 33, zlib.crc32(self.xml), len(packed), len(self.xml), len(BODY), 0)
        record = struct.pack("<4s5H3L2H", b"PK\x03\x04", *facts) + BODY.encode() + packed
        entry = (
            struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *facts, 0, 0, 0, 0, len(self.before))
            + BODY.encode()
        )
        directory, count = self.directory + entry, self.directory.count(b"PK\x01\x02") + 1
        end = struct.pack(
            "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(self.before + record), 0
        )
        return b"".join((self.before, record, directory, end))


def measure() -> list[Line]:
    """Both lines."""
    report, whole = sample(), template()
    given = {"f": list(range(60)), "t": TABLES, "sources": SOURCES}

    def by_docxtpl() -> bytes:
        filled = DocxTemplate(io.BytesIO(whole))
        filled.render(given)
        return _saved(filled)

    packed = Packed.of(write_docx(report))
    for written in (by_docxtpl(), packed.write(), write_docx(report)):
        assert len(docx.Document(io.BytesIO(written)).tables) == 7
    limit, rival, ours = side_by_side(ROUNDS, packed.write, by_docxtpl, lambda: write_docx(report))
    size = f"{len(write_docx(report)) / 1024:.0f} KiB, document.xml {len(packed.xml) / 1000:.0f} kB"
    return [
        at_most("docx of one report", rival, ours, limit=0.02, n=ROUNDS, words="docxtpl", note=size),
        at_most("docx of one report", limit, ours, limit=5, n=ROUNDS, words="packing alone"),
    ]


if __name__ == "__main__":
    send(measure())
