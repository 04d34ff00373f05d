"""One name for what a partnership folder says: it changes when any file that is read changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from roundtable.partnership.folder import read_bytes, survey


def folder_fingerprint(folder: Path) -> str:
    """SHA-256 over the path and the bytes of every file that loading reads, in order of the paths.

    Args:
        folder: the partnership folder. Where it stands does not matter, nor what is in
            `deliveries/` or in hidden files.

    Raises:
        PartnershipUnusable: it is not a partnership folder, or a file cannot be read.
    """
    found = survey(folder)
    whole = hashlib.sha256()
    for file in sorted((*found.yaml_files, *found.csv_files), key=lambda file: file.inside):
        whole.update(f"{file.inside}\0".encode())
        whole.update(hashlib.sha256(read_bytes(file)).digest())
    return whole.hexdigest()
