"""The parser of PDFs works in a process of its own: what is said when that one fails."""

from subprocess import CalledProcessError

import pytest
from django.core.exceptions import ValidationError

from operations import pdfs
from tests import hostile_makers as make


def test_a_pdf_that_is_looked_at_too_long_is_too_much(monkeypatch):
    monkeypatch.setattr(pdfs, "LONGEST", 0.001)

    with pytest.raises(ValidationError) as refused:
        pdfs.check(make.pdf())

    assert refused.value.messages == [str(pdfs.TOO_MUCH)]


def test_a_pdf_whose_parser_is_ended_is_too_much(monkeypatch, tmp_path):
    ended = tmp_path / "ended.py"
    ended.write_text("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)")
    monkeypatch.setattr(pdfs, "LOOKING", ended)

    with pytest.raises(ValidationError) as refused:
        pdfs.check(make.pdf())

    assert refused.value.messages == [str(pdfs.TOO_MUCH)]


def test_a_parser_that_is_not_there_is_no_fault_of_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr(pdfs, "LOOKING", tmp_path / "missing.py")

    with pytest.raises(CalledProcessError):
        pdfs.check(make.pdf())


def test_a_pdf_without_pages_is_damaged():
    with pytest.raises(ValidationError) as refused:
        pdfs.check(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

    assert refused.value.messages == [str(pdfs.DAMAGED)]
