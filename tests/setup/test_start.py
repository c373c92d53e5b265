"""The bootstrap, as far as it goes without a network: what it decides and what it says."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

START = Path(__file__).parents[2] / "start.py"


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bootstrap as a module, working on a folder of its own."""
    spec = importlib.util.spec_from_file_location("start", START)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / "requirements").mkdir()
    for name in ("run.txt", "test.txt"):
        (tmp_path / "requirements" / name).write_text("one")
    (tmp_path / "pyproject.toml").write_text("one")
    return module


def test_without_a_command_it_says_what_there_is() -> None:
    outcome = subprocess.run([sys.executable, START], capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert "python3 start.py demo" in outcome.stdout


def test_it_needs_nothing_but_the_standard_library() -> None:
    outcome = subprocess.run(
        [sys.executable, "-I", "-S", START, "--help"], capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_who_may_not_install_is_told_the_one_line(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "administrator", lambda: None)
    monkeypatch.setattr(start, "run", lambda *words, **rest: 1)
    assert start.main(["demo"]) == 2
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"sudo apt-get install -y python{version}-venv" in capsys.readouterr().out


def test_an_old_python_is_refused(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "OLDEST", (99, 0))
    assert start.main(["demo"]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


@pytest.mark.parametrize("forbidden", ["1", ""])
def test_modules_are_compiled_once_even_where_none_may_lie_beside_the_sources(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, forbidden: str
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", forbidden)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    kept = start.VENV / "bytecode"
    monkeypatch.setattr(start, "BYTECODE", kept)
    source = start.PROJECT / "source" / "some_module.py"
    source.parent.mkdir()
    source.write_text("")
    start.keep_bytecode()
    subprocess.run([sys.executable, "-c", "import some_module"], cwd=source.parent, check=True)
    beside = {path.name for path in source.parent.iterdir()}
    assert beside == ({"some_module.py"} if forbidden else {"some_module.py", "__pycache__"})
    assert [path.stem for path in kept.rglob("some_module*.pyc")] == (
        [f"some_module.{sys.implementation.cache_tag}"] if forbidden else []
    )


def test_an_environment_that_a_link_leads_to_is_not_emptied(
    start: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def never(*words: str, **rest: object) -> int:
        raise AssertionError(words)

    monkeypatch.setattr(start, "run", never)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".venv").symlink_to(tmp_path / "elsewhere")
    assert start.main(["demo"]) == 2
    assert f"rm {tmp_path / '.venv'}" in capsys.readouterr().out


def test_packages_are_installed_again_only_when_the_lock_changes(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []

    def pretend(*words: str, **rest: object) -> int:
        ran.append(words)
        (tmp_path / ".venv").mkdir(exist_ok=True)
        return 0

    monkeypatch.setattr(start, "run", pretend)
    start.install(for_tests=True)
    assert any(str(word).endswith("test.txt") for words in ran for word in words)
    ran.clear()
    start.install(for_tests=True)
    start.install(for_tests=False)  # what the tests need includes the rest
    assert ran == []
    (tmp_path / "requirements" / "run.txt").write_text("two")
    start.install(for_tests=False)
    assert any(str(word).endswith("run.txt") for words in ran for word in words)


@pytest.mark.parametrize(("name", "group"), [("run.txt", "run"), ("test.txt", "dev")])
def test_the_lock_files_hold_what_the_project_asks_for(name: str, group: str) -> None:
    asked = tomllib.loads((START.parent / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(asked["project"]["dependencies"])
    if group == "dev":
        wanted += asked["dependency-groups"]["dev"]
    locked = (START.parent / "requirements" / name).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", locked, flags=re.MULTILINE))
    for requirement in wanted:
        package, _, version = re.sub(r"\[.*\]", "", requirement).partition("==")
        package = re.split(r"[<>=]", package)[0]
        assert package in pinned, f"{package} is not in requirements/{name}"
        assert version in ("", pinned[package]), f"{package} is pinned otherwise"


def test_a_failing_check_fails_the_whole_but_the_tests_still_run(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "install", lambda **rest: None)
    monkeypatch.setattr(start, "find_browser", lambda: None)
    monkeypatch.setattr(start, "checks", lambda: [["true"], ["false"]])
    monkeypatch.setattr(start, "pytest", lambda arguments: 0)
    assert start.main(["test"]) == 1
    shown = capsys.readouterr().out
    assert "ok     true" in shown
    assert "FAILED false" in shown
