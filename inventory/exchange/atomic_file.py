"""Files are whole or not there: written beside, made durable, then put in place."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from inventory.domain.sentence import N_, Refused

_REASONS = {
    errno.ENOSPC: N_("The disk is full, so {path} was not written. Free some space and try again."),
    errno.EDQUOT: N_("The disk is full, so {path} was not written. Free some space and try again."),
    errno.ENOENT: N_("There is no such folder for {path}. Choose another."),
    errno.ENOTDIR: N_("There is no such folder for {path}. Choose another."),
    errno.EISDIR: N_("{path} is a folder. Give the file a name."),
    errno.EACCES: N_("{path} cannot be written here. Choose another folder, or close the file."),
    errno.EPERM: N_("{path} cannot be written here. Choose another folder, or close the file."),
    errno.EROFS: N_("{path} cannot be written here. Choose another folder, or close the file."),
    errno.ENAMETOOLONG: N_("The name of {path} is too long."),
}
_OTHER = N_("{path} was not written: {reason}.")


def write_file(path: str | Path, content: bytes) -> Path:
    """Write the whole content or nothing; an older file stays until the new one is durable.

    Raises Refused with the path when the folder or the disk does not allow it.
    """
    target = Path(path)
    try:
        _write(target, content)
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error
    return target


def _write(target: Path, content: bytes) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _like_before(target, beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _make_durable(target.parent)


def _like_before(target: Path, beside: Path) -> None:
    """Temporary files are private; the finished one gets the rights any new file has."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask
        beside.chmod(mode)


def _make_durable(folder: Path) -> None:
    """The new name survives a power cut only when the folder is written too."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(target: Path, error: OSError | ValueError) -> Refused:
    code = getattr(error, "errno", None)
    text = _REASONS.get(code) if code is not None else None
    if text is not None:
        return Refused(text, path=str(target))
    reason = getattr(error, "strerror", None) or str(error)
    return Refused(_OTHER, path=str(target), reason=reason)
