"""Set-up of every test: a PostgreSQL of its own, made by the owner, used as the application's role.

The wall (row-level security, append-only grants) therefore stands in each test.
"""

import fcntl
import gc
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Its own home: tests never touch the installation that `make run` serves. Workers side by side have one each.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
FOR_TESTS_ALONE = bool(WORKER) or "XIEZUO_HOME" not in os.environ
os.environ.setdefault("XIEZUO_HOME", str(ROOT / "var" / "test"))
SHARED_HOME = Path(os.environ["XIEZUO_HOME"].removesuffix(f"/{WORKER}"))
if WORKER:
    os.environ["XIEZUO_HOME"] = str(SHARED_HOME / WORKER)
# Named here and not in pyproject.toml, where it would be read before the home above is set.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
# The product is started dozens of times in a run: its sources are compiled once and not by each of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Playwright's own loop makes Django believe that it runs asynchronously; the tests are plain threads.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django  # noqa: E402
import pytest  # noqa: E402 - the environment above must be named before Django is configured
from django.db import connections  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from xiezuo.config import installation  # noqa: E402
from xiezuo.config.embedded import _binaries  # noqa: E402

# Which of them runs is said by --hypothesis-profile: `make test` and `make night`.
SLOW_DATABASE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("commit", max_examples=60, deadline=None, suppress_health_check=SLOW_DATABASE)
settings.register_profile("night", max_examples=2_000, deadline=None, suppress_health_check=SLOW_DATABASE)
settings.load_profile("commit")


def pytest_configure(config: pytest.Config) -> None:
    """Start the database before Django first asks for it; who only hands tests out to workers needs none."""
    if config.getoption("numprocesses", None) and not WORKER:
        # A worker that inherits it would read the settings before it has named its home.
        del os.environ["DJANGO_SETTINGS_MODULE"]
        return
    server = installation.this().embedded
    if server is not None:
        server.ensure_running()
    django.setup()
    _name_static_files_as_in_the_sources()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first and the matrix last, whose single addresses fill what time one worker has left."""
    items.sort(key=lambda item: item.path.parts[-2:] == LEAVES_A_STAND_IN)
    items.sort(key=lambda item: _PLACES.get(item.path.parent.name, len(_PLACES)))
    items.sort(key=lambda item: item.path.parent.name == MATRIX and 1 + (item.path.name != TWINS))


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking through all of it for garbage again and again costs a fifteenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


MATRIX, TWINS = "matrix", "test_twins.py"
"""Addresses are asked one by one by whoever has time; the twins compare with what one worker has read once."""
JOURNEYS = "journeys"
LEAVES_A_STAND_IN = (JOURNEYS, "test_approvals.py")
"""Told after the other journey to the same county: whoever is away does not decide in it."""
_PLACES = {JOURNEYS: 0, "zones": 1}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file stays with one worker, so that what a module builds is built once; the matrix's world every worker has.

    All journeys stay with one: they are told to the same served counties, in a browser whose machine is busy elsewhere.
    """
    from xdist.scheduler import LoadFileScheduling

    class Shared(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            if f"/{JOURNEYS}/" in nodeid:
                return JOURNEYS
            alone = f"/{MATRIX}/" in nodeid and TWINS not in nodeid
            return nodeid if alone else str(super()._split_scope(nodeid))

    return Shared(config, log)


def _name_static_files_as_in_the_sources() -> None:
    """Nothing is collected for tests in this process; the journeys serve a collected installation."""
    from django.conf import settings as configured

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    configured.STORAGES = {**configured.STORAGES, "staticfiles": plain}
    Path(configured.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: "pytest.DjangoDbBlocker"
) -> Iterator[None]:
    """One test database: the owner makes and drops it, the application's role works in it."""
    from django.test.utils import teardown_databases

    with django_db_blocker.unblock():
        _spare_the_disk()
        # The role must exist before the application first connects.
        config = _test_database()
        name = connections["owner"].settings_dict["NAME"]
        connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        _send_others_away(name)
        teardown_databases(config, verbosity=0)


@pytest.fixture(scope="session")
def untouched(django_db_setup: None, django_db_blocker: "pytest.DjangoDbBlocker") -> Iterator[str]:
    """The name of a second database, as the first one was made: tests that commit leave theirs emptied."""
    with django_db_blocker.unblock():
        name = f"{connections['owner'].settings_dict['NAME']}_untouched"
        _copy(_as_migrated(), name)
        _wall_of(name)
    yield name
    with django_db_blocker.unblock():
        _send_others_away(name)
        _on_the_server(f"DROP DATABASE {name}")


def _test_database() -> list[tuple[Any, str, bool]]:
    """The database of the tests behind its wall: a copy of the one kept since these migrations last ran, if there is one."""
    from django.test.utils import setup_databases

    owner = connections["owner"]
    name, plain = owner.creation._get_test_db_name(), owner.settings_dict["NAME"]
    with _alone():
        if _as_migrated() in _databases() or _told_by_another():
            _copy(_as_migrated(), name)
            owner.close()
            owner.settings_dict["NAME"] = name
            config = [(owner, plain, True)]
        else:
            config = setup_databases(verbosity=0, interactive=False, aliases=["owner"], serialized_aliases=[])
            owner.close()
            _keep(name)
    _wall_of(name)
    return config


@contextmanager
def _alone() -> Iterator[None]:
    """Of the workers that need the tables at one moment one makes them, and the others take them over."""
    SHARED_HOME.mkdir(parents=True, exist_ok=True)
    with (SHARED_HOME / "as-migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(name: str) -> None:
    """The database as it was migrated: for the next run here, and in a file for the servers of the other workers."""
    for older in _databases():
        if older.startswith(KEPT):
            _on_the_server(f"DROP DATABASE {older}")
    _copy(name, _as_migrated())
    for file in SHARED_HOME.glob(f"{KEPT}*"):
        file.unlink()
    if installation.this().embedded is not None:
        told = SHARED_HOME / "as-migrated.filling"
        _postgres("pg_dump", "--format=custom", f"--file={told}", _as_migrated())
        told.rename(SHARED_HOME / _as_migrated())


def _told_by_another() -> bool:
    """Whether another worker kept the tables in a file; they are then kept by this one's server as well."""
    told = SHARED_HOME / _as_migrated()
    if not told.exists() or installation.this().embedded is None:
        return False
    filling = f"{KEPT}filling"
    _on_the_server(f"DROP DATABASE IF EXISTS {filling}")
    _on_the_server(f"CREATE DATABASE {filling} ENCODING 'UTF8' TEMPLATE template0")
    _postgres("pg_restore", "--exit-on-error", f"--dbname={filling}", str(told))
    _on_the_server(f"ALTER DATABASE {filling} RENAME TO {_as_migrated()}")
    return True


def _postgres(program: str, *arguments: str) -> None:
    """Run one of the programs of the embedded server as the owner."""
    owner = connections["owner"].settings_dict
    server = ["--host", owner["HOST"], "--username", owner["USER"], "--no-password"]
    known = {**os.environ, "PGPASSWORD": owner["PASSWORD"]}
    subprocess.run([str(_binaries() / program), *server, *arguments], env=known, check=True)


KEPT = "as_migrated_"


def _as_migrated() -> str:
    """The name of a database that these migrations made, with what they import, under these versions of all packages."""
    texts = [path.read_text() for path in sorted((ROOT / "src").glob("xiezuo/*/migrations/*.py"))]
    named = {
        name
        for text in texts
        for name in re.findall(r"^\s*(?:from|import) (xiezuo[.\w]+)", text, re.MULTILINE)
    }
    modules = [ROOT / "src" / f"{name.replace('.', '/')}.py" for name in sorted(named)]
    texts += [path.read_text() for path in [*modules, ROOT / "requirements.txt"] if path.exists()]
    return KEPT + sha256("\0".join(texts).encode()).hexdigest()[:16]


def _databases() -> list[str]:
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return [name for (name,) in cursor.fetchall()]


def _copy(source: str, name: str) -> None:
    _on_the_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _on_the_server(f"CREATE DATABASE {name} TEMPLATE {source}")


def _on_the_server(statement: str) -> None:
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(statement)


def _wall_of(name: str) -> None:
    """The wall is raised anew in every copy: it is made from the sources of this minute."""
    from xiezuo.config.wall import raise_wall

    owner = connections["owner"]
    before = owner.settings_dict["NAME"]
    owner.close()
    owner.settings_dict["NAME"] = name
    raise_wall(installation.this().app_password)
    owner.close()
    owner.settings_dict["NAME"] = before


def _spare_the_disk() -> None:
    """What tests write need not outlive a power cut. Never in a home that somebody named, which may be an installation."""
    if FOR_TESTS_ALONE and installation.this().embedded is not None:
        with connections["owner"]._nodb_cursor() as cursor:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"ALTER SYSTEM SET {setting} = off")
            cursor.execute("SELECT pg_reload_conf()")


def _send_others_away(database: str) -> None:
    """Threads of tests may have left a connection open, and a database with guests cannot be dropped."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [database],
        )


@pytest.fixture(autouse=True)
def _language_of_the_product() -> None:
    """A test that read in another language leaves it to no other one."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def actor(db: None) -> None:
    """Inside the test's transaction, act as the local operator; without it the ledger shows nothing."""
    from xiezuo.accounts.api import OPERATOR, set_actor

    set_actor(OPERATOR)


@pytest.fixture
def reader(actor: None, settings) -> "django.test.Client":  # type: ignore[no-untyped-def]
    """A browser without scripts, logged in as somebody of the case-management office of every commission there is."""
    from tests.subjects import Browser
    from xiezuo.accounts.models import User

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    # Tests write rows past the operations, which alone tell the pages that are kept of a change.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return Browser(User.objects.create_user("reader"))
