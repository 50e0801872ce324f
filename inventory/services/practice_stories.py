"""What the practice clinic has to show: which items ran out, will expire, or stand apart, and why.

Everything else is ordinary. The stories are told by deliveries that came late, or too short, or
too short-dated; nothing is made up in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LONG = 365
"""Days: a gift that expires later than this is not used before the rest."""


@dataclass(frozen=True, slots=True)
class Gift:
    """A donation that came `days` ago and expires `expires` days from today, before or after.

    `left` of it, in tenths of a month's use, is there today; of an expired one that much expired.
    """

    days: int
    expires: int
    left: int


@dataclass(frozen=True, slots=True)
class Story:
    """`cover` today in tenths of a month; `ran_out` that many days ago; `gap` days without any
    before the delivery of two orders ago."""

    cover: int | None = None
    ran_out: int | None = None
    gap: int = 0
    gift: Gift | None = None


ORDINARY = Story()

STORIES: Mapping[str, Story] = MappingProxyType(
    {
        # Out; two of them vital, all on order.
        "INSX10V": Story(ran_out=3),
        "SALB100I": Story(ran_out=5),
        "PERM5K": Story(ran_out=12),
        "SERT50T": Story(ran_out=8),
        # The gift outlived its day; the second has other stock beside it.
        "IBUP400T": Story(ran_out=18, gift=Gift(17, -3, 2)),
        "GAUZ10": Story(gift=Gift(40, -2, 3)),
        # Expired longer ago: moved, and awaiting disposal.
        "CIPR500T": Story(gift=Gift(100, -45, 2)),
        "CHLO4T": Story(gift=Gift(120, -60, 1)),
        # Low.
        "AMOX500C": Story(cover=6),
        "GLOVM": Story(cover=9),
        "CEFA500C": Story(cover=11),
        "ORS205S": Story(cover=13),
        "BANDG10": Story(cover=14),
        "MEAS10": Story(cover=15),
        "ATEN50T": Story(cover=16),
        "PENTA10": Story(cover=17),
        "OXYT10A": Story(cover=18),
        # Will expire before use.
        "PARA500T": Story(cover=24, gap=14, gift=Gift(20, 38, 16)),
        "AZIT500T": Story(cover=30, gift=Gift(25, 60, 26)),
        "ZINC20T": Story(cover=37, gift=Gift(15, 75, 34)),
        "TETR1O": Story(cover=27, gift=Gift(30, 50, 22)),
        "RING500B": Story(cover=34, gift=Gift(18, 80, 32)),
        "FURO40T": Story(cover=26, gift=Gift(22, 44, 19)),
        # Expires soon and will be used in time.
        "HCTZ25T": Story(gift=Gift(20, 85, 10)),
        "PRED5T": Story(gift=Gift(28, 70, 9)),
        "OMEP20C": Story(gift=Gift(12, 80, 12)),
        "DIAZ10A": Story(gift=Gift(26, 62, 8)),
        "NACL500B": Story(gift=Gift(21, 75, 10)),
        # Expires in three to six months.
        "METR500T": Story(gift=Gift(35, 120, 15)),
        "CBAM200T": Story(gift=Gift(33, 150, 16)),
        "HYDR100V": Story(gift=Gift(31, 140, 12)),
        "BECL100I": Story(gift=Gift(24, 165, 15)),
        # Too much.
        "SYRG5": Story(cover=52, gift=Gift(15, 700, 30)),
        "TSTPREG": Story(cover=46, gift=Gift(14, 500, 24)),
        "PAPA4": Story(cover=65, gift=Gift(16, 900, 42)),
        "SWABALC": Story(cover=39, gift=Gift(13, 800, 17)),
        # Was out for some days of the months that are averaged.
        "DICL75A": Story(gap=6),
        "SYRAD05": Story(gap=4),
    }
)


def story_of(code: str) -> Story:
    """The item's story; most have none."""
    return STORIES.get(code, ORDINARY)

