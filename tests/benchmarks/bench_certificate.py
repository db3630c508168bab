"""A one-page certificate with its QR, after the first, against the smallest page ReportLab can make."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from app.printing import certificate
from tests.benchmarks import Bench, median, milliseconds_of, percentile
from tests.printing import papers

PAPERS = 60
GOAL_MS = 150.0


def run() -> Bench:
    paper = papers.certificate(count=5)
    certificate.pdf(paper)
    ours = percentile([milliseconds_of(lambda: certificate.pdf(paper)) for _ in range(PAPERS)], 0.99)
    return Bench(
        bench="certificate",
        ours=ours,
        reference=median([milliseconds_of(_smallest_page) for _ in range(PAPERS)]),
        unit="ms p99",
        goal=f"<= {GOAL_MS:.0f} ms",
        holds=ours <= GOAL_MS,
    )


def _smallest_page() -> None:
    canvas = Canvas(io.BytesIO(), invariant=1)
    canvas.drawString(72, 720, "x")
    canvas.save()
