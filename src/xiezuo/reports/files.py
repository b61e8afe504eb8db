"""The files of a run: the report as docx and PDF, the evidence workbook, and run.json that names their digests."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xiezuo.papers import Document, write_docx, write_pdf
from xiezuo.reports.evidence import evidence_workbook
from xiezuo.reports.frozen import document_of
from xiezuo.reports.models import Run

DOCX, PDF, EVIDENCE, RUN = "report.docx", "report.pdf", "evidence.xlsx", "run.json"
NAMES = (DOCX, PDF, EVIDENCE)


def document_in(run: Run, *, issued: bool) -> Document:
    """What the run says; once issued, without the notices that its reason has answered."""
    document = document_of(run.document)
    return replace(document, notices=()) if issued else document


def rendered_files(run: Run, *, issued: bool) -> dict[str, bytes]:
    """Name → contents, made from the frozen run alone; the same ledger and day give the same bytes."""
    document = document_in(run, issued=issued)
    evidence = evidence_workbook(
        run.commission.name, run.on.isoformat(), run.figures, run.balances, run.reason
    )
    return {DOCX: write_docx(document), PDF: write_pdf(document), EVIDENCE: evidence}


def kept_files(run: Run) -> dict[str, bytes]:
    """The files as they were kept: those of the issue if there was one, otherwise of the draft."""
    issued = run.issued_at is not None
    return {file.name: bytes(file.content) for file in run.files.filter(issued=issued)}


def digests(run: Run) -> dict[str, str]:
    """Name → SHA-256 of the kept files."""
    return dict(run.files.filter(issued=run.issued_at is not None).values_list("name", "sha256"))


def run_document(run: Run) -> dict[str, Any]:
    """The contents of run.json; its keys are the contract of the command line."""
    figures: list[Mapping[str, Any]] = run.figures
    return {
        "commission": run.commission.code,
        "on": run.on.isoformat(),
        "figures": [
            {name: figure[name] for name in ("key", "value", "shown", "records")} for figure in figures
        ],
        "balances": run.balances,
        "sha256": digests(run),
    }


def write_files(run: Run, folder: Path) -> dict[str, Any]:
    """Write the run's files and run.json to `folder`, made if it is missing; answers the contents of run.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in kept_files(run).items():
        (folder / name).write_bytes(content)
    said = run_document(run)
    (folder / RUN).write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return said
