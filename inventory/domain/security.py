"""What the security log keeps: a closed list, each with a title people read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_


class SecurityEvent(StrEnum):
    """Something done to people, rights, keys, copies or ledgers, or outside the usual rights."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    PERSON_ADDED = "person_added"
    ROLES_CHANGED = "roles_changed"
    PERSON_RETIRED = "person_retired"
    PASSWORD_CHANGED = "password_changed"
    PIN_CHANGED = "pin_changed"
    CONFIRMED = "confirmed"
    DONE_ALONE = "done_alone"
    EMERGENCY_ISSUE = "emergency_issue"
    PROTECTED = "protected"
    PAPER_KEY_MADE = "paper_key_made"
    PAPER_KEY_USED = "paper_key_used"
    OFFICE_KEY_SET = "office_key_set"
    RESTORED = "restored"
    STREAM_OPENED = "stream_opened"
    COPY_FOUND = "copy_found"
    MOVED = "moved"
    EVACUATED = "evacuated"
    EXPORTED = "exported"
    CLOCK_ACCEPTED = "clock_accepted"
    SETTINGS_CHANGED = "settings_changed"


S = SecurityEvent

TITLES: Mapping[SecurityEvent, str] = MappingProxyType(
    {
        S.SIGNED_IN: N_("Signed in"),
        S.SIGN_IN_REFUSED: N_("Wrong name, password or PIN"),
        S.SIGNED_OUT: N_("Signed out"),
        S.PERSON_ADDED: N_("Person added"),
        S.ROLES_CHANGED: N_("Roles changed"),
        S.PERSON_RETIRED: N_("Person may no longer sign in"),
        S.PASSWORD_CHANGED: N_("Password changed"),
        S.PIN_CHANGED: N_("PIN changed"),
        S.CONFIRMED: N_("Confirmed by a second person"),
        S.DONE_ALONE: N_("Done without a second person: there is none"),
        S.EMERGENCY_ISSUE: N_("Emergency issue"),
        S.PROTECTED: N_("Database locked with a key"),
        S.PAPER_KEY_MADE: N_("Paper key printed"),
        S.PAPER_KEY_USED: N_("Opened with the paper key"),
        S.OFFICE_KEY_SET: N_("Key of the office set"),
        S.RESTORED: N_("Restored from a backup"),
        S.STREAM_OPENED: N_("Ledger continued on this computer"),
        S.COPY_FOUND: N_("Copied or older file noticed"),
        S.MOVED: N_("Moved to another database"),
        S.EVACUATED: N_("Visit data removed"),
        S.EXPORTED: N_("Taken out of the program"),
        S.CLOCK_ACCEPTED: N_("Clock accepted again"),
        S.SETTINGS_CHANGED: N_("Protection settings changed"),
    }
)
