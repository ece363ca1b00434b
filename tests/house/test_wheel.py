"""What is handed to others: one wheel that runs with no source tree beside it."""

import os
import shutil
import site
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.house.rule import ROOT, every_path
from tests.serving import served

pytestmark = [pytest.mark.house, pytest.mark.slow]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it from a copy, so that nothing is left in the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for path in every_path():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    words = [
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(copy / "made"),
        str(copy),
    ]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True)
    return next((copy / "made").glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = {str(path.relative_to(ROOT)) for path in every_path() if path.is_relative_to(ROOT / "alongside")}
    assert not ours - inside, "Name these in pyproject.toml, under [tool.setuptools.package-data]"


def test_the_wheel_serves_the_site_with_no_source_tree(wheel: Path, tmp_path: Path, home: Path) -> None:
    place = tmp_path / "place"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = str(place / "bin" / "python")
    words = ["--python", python, "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True)
    packages = os.pathsep.join(site.getsitepackages())  # its own requirements, which are tested elsewhere
    program = [str(place / "bin" / "alongside"), "serve"]
    with served(home, program=program, folder=tmp_path, PYTHONPATH=packages) as address:
        with urllib.request.urlopen(address) as page:
            assert "Alongside" in page.read().decode()
        assert list((home / "static").rglob("*.css")), "the styles were not in the wheel"
