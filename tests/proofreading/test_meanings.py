"""When two wordings of one value mean the same."""

import pytest

from wireproof.proofreading.meanings import means_failure, means_success, worded_alike


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("initialization", "initialization", True),
        ("in algorithm queue", "algorithm queue", True),
        ("being processed", "algorithm processing", True),
        ("uploading to cloud storage", "saved to cloud storage", False),
        ("waiting", "in line", True),
        ("finished", "failed", False),
        ("the job is done", "completed successfully", True),
        ("等待处理", "waiting", True),
        ("排队中", "等待处理", True),
        ("上传中", "已保存", False),
        ("en cola", "pendiente", True),
        ("", "done", True),
    ],
)
def test_two_wordings(left, right, alike):
    assert (worded_alike(left, right), worded_alike(right, left)) == (alike, alike)


@pytest.mark.parametrize(
    ("text", "success", "failure"),
    [
        ("indicates success", True, False),
        ("成功", True, False),
        ("not found", False, True),
        ("completed with error", False, True),
        ("a number", False, False),
    ],
)
def test_what_a_meaning_says_of_the_outcome(text, success, failure):
    assert (means_success(text), means_failure(text)) == (success, failure)
