"""What may not be committed, and what must be said of each dependency."""

import re
import tomllib

import pytest

from tests.architecture.house import ROOT, project, tracked_files

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry." + "npmjs",
    "npmmirror" + ".com",
    "deb." + "debian.org",
)
MACHINE_PATHS = re.compile(
    "|".join(
        (
            r"(?<![\w./-])/" + r"(?:work|farm)/",
            "/tmp/" + "bash_jobs",
            "/root" + r"/\.",
            r"(?<![\w./-])/home/" + r"\w+/",
        )
    )
)
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-rivals.txt", "package-lock.json", ".npmrc")


def names_a_registry(text: str) -> bool:
    return any(host in text for host in REGISTRIES)


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked_files():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_path_of_one_machine_or_a_registry() -> None:
    assert [name for name, text in texts() if MACHINE_PATHS.search(text) or names_a_registry(text)] == []
    assert MACHINE_PATHS.search("see /" + "work/main/x")
    assert names_a_registry("https://" + REGISTRIES[0])


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_carries_no_address(name: str) -> None:
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links", (ROOT / name).read_text())


@pytest.mark.parametrize(
    ("name", "least"),
    [("requirements.txt", 20), ("requirements-dev.txt", 20), ("requirements-rivals.txt", 3)],
)
def test_every_locked_package_carries_hashes(name: str, least: int) -> None:
    pinned = [block for block in re.split(r"\n(?=\S)", (ROOT / name).read_text()) if "==" in block]
    assert len(pinned) > least
    assert [block.split("==")[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    locks = {
        "requirements.txt": _asked(),
        "requirements-dev.txt": _asked() | _asked("dev"),
        "requirements-rivals.txt": _rivals(),
    }
    for name, asked in locks.items():
        held = {
            _plain(line.split("==")[0]) for line in (ROOT / name).read_text().splitlines() if "==" in line
        }
        assert asked - held == set()


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    asked = [
        line
        for line in lines
        if re.match(r'^    "[\w.-]+(\[[\w,]+\])?\s*(?:[~=<>!].*)?",', line) and "*" not in line
    ]
    assert len(asked) >= len(project()["project"]["dependencies"])
    named = {_plain(line.strip().strip('"')) for line in asked}
    assert _asked() | _asked("dev") | _rivals() <= named
    assert [
        line
        for line in asked
        if _plain(line.strip().strip('"')) in _asked() | _asked("dev") | _rivals() and " # " not in line
    ] == []


def test_the_lock_of_the_screens_carries_integrity_of_each_package() -> None:
    import json

    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and not package.get("integrity")] == []


def _asked(extra: str = "") -> set[str]:
    section = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        _plain(line)
        for line in (section["optional-dependencies"][extra] if extra else section["dependencies"])
    }


def _rivals() -> set[str]:
    return {_plain(line) for line in project()["dependency-groups"]["rivals"]}


def _plain(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()
