"""Styles, scripts and typefaces: served under names that change with their content, once collected.

`alongside serve` collects them into the installation's own folder, so that nobody has a step to forget.
Where nothing has been collected (a test, a command on the terminal), each file keeps its plain name.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

import alongside


class CollectedOrPlain(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Gives the lasting name of a collected file, or the plain name where nothing was collected."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name


def address_of_file(name: str) -> str:
    """Where one of our files is: found once for each collection of them."""
    collection: str = getattr(staticfiles_storage, "manifest_hash", "")
    return _address(name, settings.STATIC_URL, collection)


@lru_cache(maxsize=200)
def _address(name: str, _url: str, _collection: str) -> str:
    return static(name)


def collect() -> None:
    """Collect the files into the home, when they are not the ones collected last time."""
    mark = Path(settings.STATIC_ROOT) / ".made-from"
    now = _digest_of_files()
    if not mark.exists() or mark.read_text() != now:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(now)


def _digest_of_files() -> str:
    digest = hashlib.sha256(alongside.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"\0{name}\0{storage.size(name)}\0{storage.get_modified_time(name)}".encode())
    return digest.hexdigest()
