"""The units that things are counted in, and the packs they come in, as one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from inventory.domain.folding import fold
from inventory.domain.quotation import quoted
from inventory.domain.sentence import NN_, Refused, Sentence, counted


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of issue or a pack; every text is a whole phrase to translate.

    `bare` and `bare_many` stand beside a number in its own field, `one` and `many` hold `{n}`,
    `sized` and `sized_many` hold `{size}` and are empty where nothing comes inside.
    `known_as` are other spellings in lists. `packs` says what a pack is called, from so many on.
    """

    code: str
    bare: str
    bare_many: str
    one: str
    many: str
    sized: str = ""
    sized_many: str = ""
    known_as: tuple[str, ...] = ()
    packs: tuple[tuple[int, str], ...] = ((2, "box"),)


_POTS = ((2, "box"), (500, "tin"))
_PIECES = ((2, "box"), (1000, "carton"))
_CARTONS = ((2, "carton"),)
_VIALS = ((2, "vial"), (50, "box"))
_BARRELS = ((2, "can"), (100, "drum"))


def _unit(
    code: str,
    bare: tuple[str, str],
    phrase: tuple[str, str],
    known_as: tuple[str, ...] = (),
    packs: tuple[tuple[int, str], ...] = ((2, "box"),),
    sized: tuple[str, str] = ("", ""),
) -> Unit:
    return Unit(code, *bare, *phrase, *sized, known_as, packs)


_ROWS = (
    _unit("tablet", NN_("tablet", "tablets"), NN_("{n} tablet", "{n} tablets"),
          ("tab", "tabs", "tbl", "قرص", "اقراص", "حب", "حبة", "حبوب", "حەب", "comprimé",
           "comprimés", "cp"), _POTS),
    _unit("capsule", NN_("capsule", "capsules"), NN_("{n} capsule", "{n} capsules"),
          ("cap", "caps", "كبسول", "كبسولة", "كبسولات", "کەپسوول", "gélule", "gélules"), _POTS),
    _unit("ampoule", NN_("ampoule", "ampoules"), NN_("{n} ampoule", "{n} ampoules"),
          ("amp", "amps", "ampule", "ampul", "امبول", "امبولة", "امبولات", "ئەمپوول")),
    _unit("vial", NN_("vial", "vials"), NN_("{n} vial", "{n} vials"),
          ("vls", "فيال", "فيالة", "ڤیاڵ", "fiole", "fioles"),
          sized=NN_("vial of {size}", "vials of {size}")),
    _unit("bottle", NN_("bottle", "bottles"), NN_("{n} bottle", "{n} bottles"),
          ("btl", "bott", "syrup", "قنينة", "قناني", "زجاجة", "شراب", "بوتڵ", "شووشە", "flacon",
           "flacons", "bouteille")),
    _unit("sachet", NN_("sachet", "sachets"), NN_("{n} sachet", "{n} sachets"),
          ("sach", "ظرف", "ظروف", "کیسە")),
    _unit("tube", NN_("tube", "tubes"), NN_("{n} tube", "{n} tubes"),
          ("انبوب", "انبوبة", "تيوب", "مرهم", "كريم", "تیوب")),
    _unit("suppository", NN_("suppository", "suppositories"),
          NN_("{n} suppository", "{n} suppositories"),
          ("supp", "تحميلة", "تحاميل", "تەحمیلە", "suppositoire", "suppositoires")),
    _unit("inhaler", NN_("inhaler", "inhalers"), NN_("{n} inhaler", "{n} inhalers"),
          ("بخاخ", "بخاخة", "ئینهێلەر", "inhalateur", "aérosol")),
    _unit("dose", NN_("dose", "doses"), NN_("{n} dose", "{n} doses"),
          ("جرعة", "جرعات", "ژەم"), _VIALS),
    _unit("pen", NN_("pen", "pens"), NN_("{n} pen", "{n} pens"),
          ("prefilled pen", "قلم", "قلم حقن", "قەڵەم", "stylo", "stylos")),
    _unit("cartridge", NN_("cartridge", "cartridges"), NN_("{n} cartridge", "{n} cartridges"),
          ("كارتردج", "خرطوشة", "کارتریج", "cartouche", "cartouches")),
    _unit("jar", NN_("jar", "jars"), NN_("{n} jar", "{n} jars"),
          ("pot", "pots", "برطمان", "قوتوو")),
    _unit("patch", NN_("patch", "patches"), NN_("{n} patch", "{n} patches"),
          ("لصقة", "لصقات", "لەزگە", "timbre")),
    _unit("piece", NN_("piece", "pieces"), NN_("{n} piece", "{n} pieces"),
          ("pc", "pcs", "pce", "each", "ea", "unit", "no", "nos", "قطعة", "قطع", "عدد", "وحدة",
           "دانە", "pièce", "pièces", "unité"), _PIECES),
    _unit("test", NN_("test", "tests"), NN_("{n} test", "{n} tests"),
          ("strip", "strips", "فحص", "شريط", "شريط فحص", "تێست", "شریت", "bandelette")),
    _unit("pair", NN_("pair", "pairs"), NN_("{n} pair", "{n} pairs"),
          ("زوج", "ازواج", "جووت", "paire", "paires")),
    _unit("roll", NN_("roll", "rolls"), NN_("{n} roll", "{n} rolls"),
          ("لفة", "لفات", "رول", "ڕۆڵ", "rouleau", "rouleaux"), _PIECES),
    _unit("set", NN_("set", "sets"), NN_("{n} set", "{n} sets"),
          ("طقم", "اطقم", "سيت", "سێت", "jeu")),
    _unit("bag", NN_("bag", "bags"), NN_("{n} bag", "{n} bags"),
          ("كيس", "اكياس", "توورەکە", "sac", "sacs", "poche"), _CARTONS),
    _unit("kit", NN_("kit", "kits"), NN_("{n} kit", "{n} kits"),
          ("عدة", "حقيبة", "کیت", "trousse")),
    _unit("ream", NN_("ream", "reams"), NN_("{n} ream", "{n} reams"),
          ("رزمة", "رزم", "بەند", "rame", "rames"), _CARTONS),
    _unit("book", NN_("book", "books"), NN_("{n} book", "{n} books"),
          ("pad", "register", "دفتر", "سجل", "دەفتەر", "registre", "carnet", "bloc")),
    _unit("sheet", NN_("sheet", "sheets"), NN_("{n} sheet", "{n} sheets"),
          ("ورقة", "اوراق", "پەڕە", "feuille", "feuilles")),
    _unit("cylinder", NN_("cylinder", "cylinders"), NN_("{n} cylinder", "{n} cylinders"),
          ("اسطوانة", "قنينة غاز", "سیلیندەر", "bouteille de gaz"), _CARTONS),
    _unit("litre", NN_("litre", "litres"), NN_("{n} litre", "{n} litres"),
          ("l", "liter", "ltr", "decilitre", "لتر", "لیتر"), _BARRELS),
    _unit("millilitre", NN_("millilitre", "millilitres"), NN_("{n} millilitre", "{n} millilitres"),
          ("ml", "milliliter", "مل", "ملليلتر", "میلیلیتر"), ()),
    _unit("gram", NN_("gram", "grams"), NN_("{n} gram", "{n} grams"),
          ("g", "gm", "gramme", "غم", "غرام", "گم", "گرام"), ()),
    _unit("box", NN_("box", "boxes"), NN_("{n} box", "{n} boxes"),
          ("bx", "علبة", "علب", "باكيت", "پاکەت", "boîte", "boîtes"), _CARTONS,
          NN_("box of {size}", "boxes of {size}")),
    _unit("tin", NN_("tin", "tins"), NN_("{n} tin", "{n} tins"),
          ("عبوة", "قوطية"), _CARTONS, NN_("tin of {size}", "tins of {size}")),
    _unit("carton", NN_("carton", "cartons"), NN_("{n} carton", "{n} cartons"),
          ("ctn", "كارتون", "كرتون", "کارتۆن"), _CARTONS,
          NN_("carton of {size}", "cartons of {size}")),
    _unit("can", NN_("can", "cans"), NN_("{n} can", "{n} cans"),
          ("jerrycan", "جليكان", "گاڵۆن", "bidon", "bidons"), _CARTONS,
          NN_("can of {size}", "cans of {size}")),
    _unit("drum", NN_("drum", "drums"), NN_("{n} drum", "{n} drums"),
          ("barrel", "برميل", "بەرمیل", "fût", "fûts"), _CARTONS,
          NN_("drum of {size}", "drums of {size}")),
)  # fmt: skip

UNITS: Mapping[str, Unit] = MappingProxyType({row.code: row for row in _ROWS})


def unit_named(code: str) -> Unit:
    """The unit with that code. Raises Refused."""
    unit = UNITS.get(code)
    if unit is None:
        raise Refused(
            "There is no unit called {unit}. Write one such as tablet, bottle or piece.",
            unit=quoted(code),
        )
    return unit


def parse_unit(text: str) -> str:
    """The code of the unit that a word in a list stands for, in any language. Raises Refused."""
    return unit_named(_spellings().get(fold(text), text)).code


def amount(unit: Unit, n: int) -> Sentence:
    """`12 tablets`."""
    return counted(unit.one, unit.many, n)


def pack_word(unit: Unit, pack_size: int, decimals: int = 0) -> Unit:
    """What a pack of so many smallest units is called: a tin, a drum, or the unit itself for 1."""
    held = pack_size // 10**decimals
    named = [code for least, code in unit.packs if held >= least]
    return UNITS[named[-1]] if named else unit


@cache
def _spellings() -> dict[str, str]:
    words = ((word, row.code) for row in _ROWS for word in row.known_as)
    names = ((name, row.code) for row in _ROWS for name in (row.bare, row.bare_many, row.code))
    return {fold(word): code for word, code in (*words, *names)}
