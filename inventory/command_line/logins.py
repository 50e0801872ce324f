"""Who signs in to a command: from a file, a descriptor or the terminal; never from an argument."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from inventory.command_line.output import complain
from inventory.domain.login import Login
from inventory.domain.sentence import Refused, Sentence, sentence

_MOST: Final = 4096
_AGAIN: Final = "The password once more: "


@dataclass(slots=True)
class Logins:
    """Where the name and password of the user, and of a second person, come from."""

    file: Path | None = None
    descriptor: int | None = None
    second_file: Path | None = None
    _known: Login | None = field(default=None, repr=False)

    @property
    def given(self) -> bool:
        """Whether somebody is named, or can be asked."""
        return self.file is not None or self.descriptor is not None or _at_terminal()

    def user(self) -> Login:
        """Raises Refused when nobody is named and nobody can be asked."""
        if self._known is None:
            self._known = self._user()
        return self._known

    def new_user(self) -> Login:
        """The same for somebody who chooses a password: it is asked for twice."""
        asked = self.file is None and self.descriptor is None
        login = self.user()
        if asked and getpass.getpass(_AGAIN) != login.password:
            raise Refused("The two passwords are not the same. Nothing was changed.")
        return login

    def second(self, why: Sentence) -> Login | None:
        """Who confirms, or None when nobody can be asked."""
        if self.second_file is not None:
            return _from_file(self.second_file)
        if not _at_terminal():
            return None
        complain(why)
        return _asked()

    def _user(self) -> Login:
        if self.file is not None and self.descriptor is not None:
            raise Refused("Give --login-file or --login-descriptor, not both.")
        if self.file is not None:
            return _from_file(self.file)
        if self.descriptor is not None:
            return _from_descriptor(self.descriptor)
        if not _at_terminal():
            raise Refused("Somebody has to sign in. Give a name and password with --login-file or "
                          "--login-descriptor.")  # fmt: skip
        return _asked()


def secret_from(file: Path | None, asked: str) -> str:
    """A secret text out of a file, or asked for at the terminal."""
    if file is not None:
        return _read(file).strip()
    if not _at_terminal():
        raise Refused("Nobody can be asked here. Give the file it stands in.")
    return getpass.getpass(asked)


def new_password(file: Path | None) -> str:
    """A new password out of the first line of a file, or asked for twice."""
    if file is not None:
        return "".join(_read(file).splitlines()[:1])
    first = secret_from(None, "The new password: ")
    if getpass.getpass(_AGAIN) != first:
        raise Refused("The two passwords are not the same. Nothing was changed.")
    return first


def _asked() -> Login:
    print("Name: ", end="", file=sys.stderr, flush=True)
    name = sys.stdin.readline().strip()
    return Login(name, getpass.getpass("Password: "))


def _from_file(path: Path) -> Login:
    wrong = sentence("{file} does not have two lines, a name and a password.", file=str(path))
    return _two_lines(_read(path), wrong)


def _from_descriptor(number: int) -> Login:
    try:
        with os.fdopen(number, "rb") as file:
            content = file.read(_MOST + 1)
    except (OSError, OverflowError) as fault:
        raise Refused("Descriptor {number} cannot be read: {reason}.", number=str(number),
                      reason=getattr(fault, "strerror", None) or str(fault)) from fault  # fmt: skip
    wrong = sentence("Descriptor {number} does not give two lines, a name and a password.",
                     number=str(number))  # fmt: skip
    return _two_lines(_text(content, wrong), wrong)


def _two_lines(text: str, wrong: Sentence) -> Login:
    lines = text.splitlines()
    if len(lines) != 2 or not all(line.strip() for line in lines):
        raise Refused(wrong)
    return Login(lines[0].strip(), lines[1])


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content, mode = file.read(_MOST + 1), os.fstat(file.fileno()).st_mode
    except OSError as fault:
        raise Refused("{path} cannot be read: {reason}.", path=str(path),
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
    if os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH) and stat.S_ISREG(mode):
        complain(sentence("Others on this computer can read {path}. Make it yours alone.",
                          path=str(path)))  # fmt: skip
    return _text(content, sentence("{path} is too long, or no text.", path=str(path)))


def _text(content: bytes, wrong: Sentence) -> str:
    if len(content) > _MOST:
        raise Refused(wrong)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(wrong) from None


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
