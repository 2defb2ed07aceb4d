"""The package offers its names in any order of imports."""

import subprocess
import sys

import pytest

import wireproof


@pytest.mark.parametrize("name", wireproof.__all__)
def test_every_public_name_is_there(name):
    assert getattr(wireproof, name).__name__ == name
    assert name in dir(wireproof)


def test_examine_is_the_function_whatever_was_imported_before():
    code = (
        "import wireproof, wireproof.examining\n"
        "from wireproof import examine\n"
        "assert wireproof.examine is examine is wireproof.__getattr__('examine')\n"
        "assert wireproof.examine([], []).findings == ()\n"
        "from wireproof.examining import Examiner"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="has no attribute 'exmaine'"):
        _ = wireproof.exmaine
