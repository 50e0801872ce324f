"""What can go wrong around the program: for each, what happened, what is safe, what to do now.

The window and the command line show a trouble as one calm page. A Refused carries its trouble
when something around the program, and not a rule of it, said no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_


class Act(StrEnum):
    """What a page about a trouble can offer to do."""

    TRY_AGAIN = "try_again"
    RESTORE = "restore"
    CONTINUE_HERE = "continue_here"
    LOOK_ONLY = "look_only"
    FREE_SPACE = "free_space"
    SHOW_FOLDER = "show_folder"
    OPEN_OTHER = "open_other"
    SIGN_IN = "sign_in"
    PAPER_KEY = "paper_key"
    ACCEPT_CLOCK = "accept_clock"
    CHECK = "check"
    CLOSE = "close"


class Trouble(StrEnum):
    """One thing around the program that can go wrong."""

    DAMAGED = "damaged"
    LEDGER_DAMAGED = "ledger_damaged"
    FIGURES_DAMAGED = "figures_damaged"
    DISK_FAILING = "disk_failing"
    DISK_FULL = "disk_full"
    DISK_LOW = "disk_low"
    READ_ONLY = "read_only"
    UNFINISHED_READ_ONLY = "unfinished_read_only"
    FOLDER_SHUT = "folder_shut"
    MISSING = "missing"
    FOREIGN = "foreign"
    NEWER = "newer"
    UPGRADE_FAILED = "upgrade_failed"
    BUSY = "busy"
    OPEN_TWICE = "open_twice"
    ON_SHARE = "on_share"
    ON_STICK = "on_stick"
    LOCKED = "locked"
    WRONG_KEY = "wrong_key"
    KEY_FILE_MISSING = "key_file_missing"
    KEY_FILE_DAMAGED = "key_file_damaged"
    OLDER_COPY = "older_copy"
    OTHER_COMPUTER = "other_computer"
    SERVER_AWAY = "server_away"
    SERVER_REFUSES = "server_refuses"
    SERVER_EMPTY = "server_empty"
    CLOCK_BACK = "clock_back"
    CLOCK_AHEAD = "clock_ahead"
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_FOREIGN = "backup_foreign"
    UNCERTAIN = "uncertain"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class TroubleRow:
    """The page: a title, what happened, what is safe, what to do now, what it can offer."""

    title: str
    happened: str
    safe: str
    do_now: str
    acts: tuple[Act, ...]


T, A = Trouble, Act

_NOTHING_WRITTEN = N_("Nothing was written and nothing was lost.")
_ALL_SAVED = N_("Everything that was saved is safe.")

TROUBLES: Mapping[Trouble, TroubleRow] = MappingProxyType(
    {
        T.DAMAGED: TroubleRow(
            N_("The file is damaged"),
            N_("Part of this file is not what Amana wrote. Usually the disk or the stick is old."),
            N_("Amana wrote nothing more into it. Your backups are safe."),
            N_("Restore the last backup. Keep the damaged file until the stock was counted."),
            (A.RESTORE, A.SHOW_FOLDER, A.OPEN_OTHER, A.CLOSE),
        ),
        T.LEDGER_DAMAGED: TroubleRow(
            N_("The ledger does not agree with its seals"),
            N_("An entry in the ledger is not the one that was written. The disk is at fault, or "
               "somebody changed the file."),
            N_("Nothing was mended in silence: the check names each entry. Backups keep the old "
               "entries."),
            N_("Tell the manager. Keep this file, restore the last backup and count the stock."),
            (A.CHECK, A.RESTORE, A.SHOW_FOLDER, A.CLOSE),
        ),
        T.FIGURES_DAMAGED: TroubleRow(
            N_("Kept figures do not agree with the ledger"),
            N_("Totals that Amana keeps to be quick do not agree with the entries."),
            N_("All entries are safe: the totals are made from them."),
            N_("Make the totals anew. It takes a moment and changes no entry."),
            (A.CHECK, A.CLOSE),
        ),
        T.DISK_FAILING: TroubleRow(
            N_("The disk reports an error"),
            N_("The disk could not read or write. It may be failing."),
            N_("What was saved before is safe. The last act may not be saved: look for it first."),
            N_("Make a backup on a stick today. Then start Amana again."),
            (A.TRY_AGAIN, A.SHOW_FOLDER, A.CLOSE),
        ),
        T.DISK_FULL: TroubleRow(
            N_("The disk is full"),
            N_("There is no room left on the disk, so nothing more can be saved."),
            N_("Everything that was saved is safe and can be looked at. What you typed stays on "
               "the screen."),
            N_("Remove old films, pictures or downloads. Amana goes on by itself when there is "
               "room again."),
            (A.TRY_AGAIN, A.SHOW_FOLDER, A.FREE_SPACE, A.CLOSE),
        ),
        T.DISK_LOW: TroubleRow(
            N_("The disk is almost full"),
            N_("Little room is left on the disk of the database."),
            N_("Everything is saved as usual."),
            N_("Remove old films, pictures or downloads soon."),
            (A.SHOW_FOLDER, A.FREE_SPACE),
        ),
        T.READ_ONLY: TroubleRow(
            N_("The file can only be looked at"),
            N_("The file, its folder or the whole medium does not let anything be written."),
            _NOTHING_WRITTEN,
            N_("Look as long as you like. To work, copy the file to the disk of this computer "
               "and open it there."),
            (A.LOOK_ONLY, A.SHOW_FOLDER, A.OPEN_OTHER, A.CLOSE),
        ),
        T.UNFINISHED_READ_ONLY: TroubleRow(
            N_("The file was not closed where it came from"),
            N_("The last entries still wait beside the file, and nothing can be written here to "
               "bring them in."),
            _NOTHING_WRITTEN,
            N_("Copy the file and all files that begin with its name to the disk of this "
               "computer, and open it there."),
            (A.SHOW_FOLDER, A.OPEN_OTHER, A.CLOSE),
        ),
        T.FOLDER_SHUT: TroubleRow(
            N_("The file cannot be opened here"),
            N_("This folder does not let Amana read or write the file."),
            _NOTHING_WRITTEN,
            N_("Ask who looks after this computer to allow it, or open another file."),
            (A.TRY_AGAIN, A.SHOW_FOLDER, A.OPEN_OTHER, A.CLOSE),
        ),
        T.MISSING: TroubleRow(
            N_("The file is not there"),
            N_("It was moved, renamed or removed, or the stick it is on is not in the computer."),
            N_("Amana removed nothing."),
            N_("Put the stick in, or choose where the file is now. If it is lost, restore the "
               "last backup."),
            (A.TRY_AGAIN, A.OPEN_OTHER, A.RESTORE, A.CLOSE),
        ),
        T.FOREIGN: TroubleRow(
            N_("This is not a file of Amana"),
            N_("The file was made by another program."),
            N_("It was not changed."),
            N_("Choose the right file."),
            (A.OPEN_OTHER, A.CLOSE),
        ),
        T.NEWER: TroubleRow(
            N_("The file is from a newer Amana"),
            N_("A newer version of Amana made or changed this file. This older one could "
               "misunderstand it."),
            N_("It was not changed."),
            N_("Install the newer Amana on this computer, then open the file again."),
            (A.OPEN_OTHER, A.CLOSE),
        ),
        T.UPGRADE_FAILED: TroubleRow(
            N_("The file could not be brought up to date"),
            N_("The change for this newer Amana did not come to its end."),
            N_("The file is as it was before."),
            N_("Try again. If it fails again, use the version of Amana that worked before."),
            (A.TRY_AGAIN, A.SHOW_FOLDER, A.OPEN_OTHER, A.CLOSE),
        ),
        T.BUSY: TroubleRow(
            N_("Another program is using the file"),
            N_("Another program held the file for too long."),
            N_("Nothing was changed. What you typed stays on the screen."),
            N_("Try again. Close other programs that read the folder, such as a copy of it to "
               "the internet."),
            (A.TRY_AGAIN, A.CLOSE),
        ),
        T.OPEN_TWICE: TroubleRow(
            N_("This file is open in another window"),
            N_("Amana is open twice with the same file."),
            N_("Both may be used: nothing is lost and no box is given twice."),
            N_("One window is enough. Close the other when it has no unfinished work."),
            (A.CLOSE,),
        ),
        T.ON_SHARE: TroubleRow(
            N_("The file is on a network folder"),
            N_("The file is not on the disk of this computer. Over a network, saving is not "
               "reliable."),
            _ALL_SAVED,
            N_("Copy the file to this computer and open it there. For several desks, set up a "
               "server."),
            (A.SHOW_FOLDER, A.OPEN_OTHER),
        ),
        T.ON_STICK: TroubleRow(
            N_("The file is on a stick"),
            N_("The file is on something that can be pulled out. Pulled out while saving, the "
               "last entries may be lost."),
            _ALL_SAVED,
            N_("Copy the file to the disk of this computer and open it there. Use the stick for "
               "backups."),
            (A.SHOW_FOLDER, A.OPEN_OTHER),
        ),
        T.LOCKED: TroubleRow(
            N_("The file is locked with a key"),
            N_("Only people of this clinic can open it, with their password or the paper key."),
            _NOTHING_WRITTEN,
            N_("Sign in."),
            (A.SIGN_IN, A.PAPER_KEY, A.OPEN_OTHER, A.CLOSE),
        ),
        T.WRONG_KEY: TroubleRow(
            N_("The key does not fit this file"),
            N_("The key opens another file, or the beginning of this one is damaged."),
            _NOTHING_WRITTEN,
            N_("Put the file and the key file from the same folder together again. If that does "
               "not help, restore the last backup."),
            (A.TRY_AGAIN, A.RESTORE, A.OPEN_OTHER, A.CLOSE),
        ),
        T.KEY_FILE_MISSING: TroubleRow(
            N_("The key file is missing"),
            N_("The small file that ends in .key and belongs beside the database is not there."),
            N_("The database is whole. Every backup holds a copy of the key file."),
            N_("Put the key file back beside the database, or restore the last backup."),
            (A.TRY_AGAIN, A.RESTORE, A.SHOW_FOLDER, A.CLOSE),
        ),
        T.KEY_FILE_DAMAGED: TroubleRow(
            N_("The key file is damaged"),
            N_("The small file that ends in .key is not what Amana wrote."),
            N_("The database is whole. Every backup holds a copy of the key file."),
            N_("Try another person's password or the paper key. If none works, restore the last "
               "backup."),
            (A.SIGN_IN, A.PAPER_KEY, A.RESTORE, A.CLOSE),
        ),
        T.OLDER_COPY: TroubleRow(
            N_("This is an older copy of the file"),
            N_("On this computer Amana has seen newer entries than this file holds. Somebody "
               "copied an older file here."),
            N_("The older copy was not changed and can be looked at."),
            N_("Open the newer file if you have it. If it is lost, restore the newest backup, or "
               "continue with this copy and count the stock."),
            (A.LOOK_ONLY, A.RESTORE, A.CONTINUE_HERE, A.OPEN_OTHER, A.CLOSE),
        ),
        T.OTHER_COMPUTER: TroubleRow(
            N_("This file comes from another computer"),
            N_("The file was copied here. If both computers go on writing, there are two "
               "different ledgers."),
            N_("The file was not changed and can be looked at."),
            N_("Continue here only if nobody works with the file on the other computer any more."),
            (A.LOOK_ONLY, A.CONTINUE_HERE, A.OPEN_OTHER, A.CLOSE),
        ),
        T.SERVER_AWAY: TroubleRow(
            N_("The server does not answer"),
            N_("The computer that keeps the data is off, or the network is interrupted."),
            N_("Everything that was saved is safe. What you typed stays on the screen."),
            N_("Look at the cable and the server. Amana goes on by itself when it answers again."),
            (A.TRY_AGAIN, A.OPEN_OTHER, A.CLOSE),
        ),
        T.SERVER_REFUSES: TroubleRow(
            N_("The server does not let this desk in"),
            N_("The server answers, but refuses the connection file or password of this desk."),
            N_("Nothing was changed."),
            N_("Ask the manager for a new connection file."),
            (A.TRY_AGAIN, A.OPEN_OTHER, A.CLOSE),
        ),
        T.SERVER_EMPTY: TroubleRow(
            N_("The server does not have this database"),
            N_("The server answers, but there is no database of that name."),
            N_("Nothing was changed."),
            N_("Ask the manager for a new connection file."),
            (A.TRY_AGAIN, A.OPEN_OTHER, A.CLOSE),
        ),
        T.CLOCK_BACK: TroubleRow(
            N_("The clock of this computer is behind"),
            N_("The clock stands before the last day on record. It is behind now, or it was ahead "
               "when something was written."),
            N_("Nothing is lost: the last day on record counts, and expired stock stays expired."),
            N_("Set the date of the computer right. If it is right now, a pharmacist or manager "
               "can accept it."),
            (A.ACCEPT_CLOCK, A.CLOSE),
        ),
        T.CLOCK_AHEAD: TroubleRow(
            N_("The clock of this computer seems to be ahead"),
            N_("Much time has passed since the last entry, or the clock is wrong."),
            N_("Nothing was written yet."),
            N_("Look at the date before you begin. If it is wrong, set the clock of the computer "
               "right first."),
            (A.CLOSE,),
        ),
        T.BACKUP_DAMAGED: TroubleRow(
            N_("This backup is damaged"),
            N_("The backup is cut short or not what Amana wrote. Usually the stick is old."),
            N_("Nothing was restored from it and nothing was changed."),
            N_("Choose another backup, and use another stick from now on."),
            (A.RESTORE, A.CLOSE),
        ),
        T.BACKUP_FOREIGN: TroubleRow(
            N_("This is not a backup of Amana"),
            N_("The file was made by another program or by a newer Amana."),
            N_("Nothing was restored from it and nothing was changed."),
            N_("Choose another file."),
            (A.RESTORE, A.CLOSE),
        ),
        T.UNCERTAIN: TroubleRow(
            N_("It is not certain that this was saved"),
            N_("The disk or the server failed at the very moment of saving."),
            N_("Everything before it is safe."),
            N_("Press again: it is never done twice."),
            (A.TRY_AGAIN,),
        ),
        T.UNEXPECTED: TroubleRow(
            N_("Something here did not work"),
            N_("Amana met something nobody foresaw. It was written down for the people who mend "
               "Amana."),
            N_("What you saved is safe."),
            N_("Try again. If it happens again, close Amana and open it anew."),
            (A.TRY_AGAIN, A.CLOSE),
        ),
    }
)  # fmt: skip
