"""Documents that the tests of the document writers share. Places are fictional."""

import datetime as dt

from xiezuo.papers import Column, Document, Figure, Heading, Lead, List, Paragraph, Table, Text

HAN = "协作区各单位按职责关联划分相互配合共同促进监督执纪质效提升"


def text(*words: str) -> tuple[Text, ...]:
    return tuple(Text(word) for word in words)


def report(**changes: object) -> Document:
    """A report with one of everything."""
    fields: dict[str, object] = {
        "title": "安澜县监督执纪协作区建设情况汇报",
        "number": "安纪报〔2022〕3号",
        "recipient": "青河市纪委监委：",
        "signer": "中共安澜县纪律检查委员会",
        "date": dt.date(2022, 8, 5),
        "blocks": (
            Paragraph(text("按照工作部署，现将情况汇报如下：")),
            Heading(1, text("一、队伍建设")),
            Paragraph(
                (
                    Lead("（一）加强派驻力量。"),
                    Text("现有"),
                    Figure("25", "stationed.staff", "figure-1"),
                    Text("人。", bold=True),
                )
            ),
            Heading(3, text("1.三级标题")),
            Heading(4, text("（1）四级标题")),
            List((text("第一项"), text("第二项"))),
            staff_table(rows=3),
        ),
    }
    return Document(**{**fields, **changes})  # type: ignore[arg-type]


def staff_table(rows: int) -> Table:
    columns = (Column("单位", width=3), Column("实有", number=True))
    return Table(
        columns,
        tuple((f"青石镇{n}", (Figure(str(n), "unit.staff", f"figure-{n}"),)) for n in range(1, rows + 1)),
        "人员表",
    )


def full_pages(pages: int) -> Document:
    """A title and then unbroken Chinese text that fills at least `pages` pages after the first."""
    lines = 22 * (pages + 1)
    return Document("满页", (Paragraph(text((HAN * 28)[:28] * lines), indent=False),))
