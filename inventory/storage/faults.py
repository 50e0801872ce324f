"""What a database fault means: a sentence, and the trouble that tells what to do about it."""

from __future__ import annotations

from inventory.domain.sentence import N_, Refused, Sentence
from inventory.domain.troubles import Trouble as T

_FULL = N_("The disk is full. Nothing was lost; free 50 MB and try again.")
_READ_ONLY = N_("{file} can be read but not written here. Nothing was changed.")
_FOREIGN = N_("{file} is not an Amana database, or it is locked with a key.")
_LOCKED = N_("{file} is locked with a key. Sign in to open it.")
_WRONG_KEY = N_("{file} cannot be opened with this key. Nothing was changed.")
_BROKEN = N_("{file} is damaged. Nothing was written; restore the last backup.")
_BUSY = N_("Another program is using {file}. Nothing was changed; try again.")
_QUEUED = N_("Another desk needed too long. Nothing was changed; try again.")
_CROWDED = N_("As many desks as the server can serve are connected. Nothing was changed; "
              "close Amana at a desk that is not used, and try again.")  # fmt: skip
_AWAY = N_("The database server does not answer. Nothing was changed; try again.")
_CANNOT_OPEN = N_("{file} cannot be opened in this folder. Nothing was changed.")
_DISK = N_("The disk reported an error on {file}. Nothing was lost; start Amana again.")
_NOT_LET_IN = N_("The database server refuses this user or password. Nothing was changed.")
_NOT_THERE = N_("There is no database {file} on the server.")
_UNCERTAIN = N_("It is not certain that this was saved. Press again: it is never done twice.")
_FACTS = N_("What was written is never changed; reverse the document instead.")
_EXPIRED = N_("Expired or held stock is never dispensed. Nothing was changed.")

TROUBLE_OF = {
    _FULL: T.DISK_FULL, _READ_ONLY: T.READ_ONLY, _FOREIGN: T.FOREIGN, _LOCKED: T.LOCKED,
    _WRONG_KEY: T.WRONG_KEY, _BROKEN: T.DAMAGED, _BUSY: T.BUSY, _AWAY: T.SERVER_AWAY,
    _CANNOT_OPEN: T.FOLDER_SHUT, _DISK: T.DISK_FAILING, _NOT_LET_IN: T.SERVER_REFUSES,
    _NOT_THERE: T.SERVER_EMPTY, _CROWDED: T.BUSY,
    _QUEUED: T.BUSY, _UNCERTAIN: T.UNCERTAIN,
}  # fmt: skip
"""Every sentence of a fault has its trouble."""

RULES = frozenset({_FACTS, _EXPIRED})
"""What the guards of the tables say: rules, and no trouble."""

_BY_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_FULL, ("disk is full", "no space left", "could not extend file")),
    (_READ_ONLY, ("readonly database", "read-only transaction")),
    (_FOREIGN, ("file is not a database", "hmac check failed")),
    (_BROKEN, ("malformed", "disk image")),
    (_BUSY, ("database is locked", "database table is locked")),
    (_NOT_LET_IN, ("password authentication failed", "no password supplied", "pg_hba.conf",
                   "not permitted to log in", "certificate verify failed", "server certificate")),
    (_CROWDED, ("too many clients", "too many connections", "remaining connection slots")),
    (_NOT_THERE, ('fatal:  database "',)),
    (_AWAY, ("connection refused", "connection is bad", "server closed the connection",
             "could not connect", "connection failed", "terminating connection",
             "connection is closed", "connection is lost", "connection timeout expired",
             "failed to resolve host")),
    (_CANNOT_OPEN, ("unable to open database",)),
    (_DISK, ("disk i/o error", "input/output error")),
    (_FACTS, ("facts are never changed",)),
    (_EXPIRED, ("expired or held stock is never dispensed",)),
)  # fmt: skip

# A server may speak another language; its codes do not.
_BY_STATE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_FULL, ("53100",)),
    (_READ_ONLY, ("25006",)),
    (_CROWDED, ("53300",)),
    (_QUEUED, ("55P03", "40001", "40P01")),
    (_NOT_LET_IN, ("28",)),
    (_NOT_THERE, ("3D000",)),
    (_AWAY, ("08", "57P", "25P03")),
)


def meaning(
    fault: BaseException, file: str, *, keyed: bool = False, locked: bool = False
) -> Sentence | None:
    """The sentence for a fault that a person can act on; None when it is ours to mend.

    `keyed`: it was opened with a key; `locked`: it was not, and a key file stands beside it.
    """
    text = _text_of(getattr(fault, "orig", None) or fault)
    if text is None and getattr(fault, "connection_invalidated", False):
        text = _AWAY
    if text is None:
        return None
    if text == _FOREIGN and (keyed or locked):
        text = _WRONG_KEY if keyed else _LOCKED
    return Sentence(text, {"file": file} if "{file}" in text else {})


def refused(
    fault: BaseException, file: str, *, keyed: bool = False, locked: bool = False
) -> Refused | None:
    """The same, ready to raise, with its trouble."""
    words = meaning(fault, file, keyed=keyed, locked=locked)
    return None if words is None else _ready(words)


def uncertain(fault: BaseException, file: str) -> Refused:
    """For a fault after a COMMIT that may have reached the disk."""
    words = meaning(fault, file)
    if words is not None and words.text == _FULL:
        return _ready(words)
    return _ready(Sentence(_UNCERTAIN))


def full() -> Refused:
    """For what is not even begun, because the disk was full a moment ago."""
    return _ready(Sentence(_FULL))


def failing(file: str) -> Refused:
    """For a file that looks damaged because the disk could not be read."""
    return _ready(Sentence(_DISK, {"file": file}))


def read_only(file: str) -> Refused:
    """For what is not even begun, because the file can only be looked at."""
    return _ready(Sentence(_READ_ONLY, {"file": file}))


def is_full(fault: BaseException) -> bool:
    """Whether it says that the disk is full."""
    return _text_of(getattr(fault, "orig", None) or fault) == _FULL


def _ready(words: Sentence) -> Refused:
    refusal = Refused(words)
    refusal.trouble = TROUBLE_OF.get(words.text)
    return refusal


def _text_of(fault: BaseException) -> str | None:
    said, state = str(fault).lower(), getattr(fault, "sqlstate", None) or ""
    for text, marks in _BY_WORDS:
        if any(mark in said for mark in marks):
            return text
    for text, states in _BY_STATE:
        if state.startswith(states):
            return text
    return None
