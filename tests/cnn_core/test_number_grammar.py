"""One grammar of numbers: the same table holds Python and the browser's kernel painter."""

import json
from pathlib import Path

import pytest

from cnn_core.errors import CnnCoreError
from cnn_core.kernels import parse_kernel
from cnn_core.number_grammar import parse_number

TABLE = Path(__file__).parents[1] / "cases" / "number_grammar.json"
CASES = json.loads(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [case for case in CASES if "text" in case], ids=repr)
def test_one_number_is_read_or_refused(case: dict) -> None:
    assert parse_number(case["text"]) == case["number"]


@pytest.mark.parametrize("case", [case for case in CASES if "kernel" in case], ids=repr)
def test_in_a_list_a_comma_always_separates_numbers(case: dict) -> None:
    if case["rows"] is None:
        with pytest.raises(CnnCoreError):
            parse_kernel(case["kernel"])
    else:
        assert parse_kernel(case["kernel"]).tolist() == case["rows"]
