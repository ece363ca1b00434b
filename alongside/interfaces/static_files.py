"""Styles, scripts and typefaces: served under names that change with their content, once collected.

`alongside serve` collects them into the installation's own folder, so that nobody has a step to forget.
Where nothing has been collected (a test, a command on the terminal), each file keeps its plain name.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

import alongside


class CollectedOrPlain(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Gives the lasting name of a collected file, or the plain name where nothing was collected."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name


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
