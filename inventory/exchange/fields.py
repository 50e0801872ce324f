"""What an imported table may say: the fields of items, opening stock and monthly history.

Each field has the heading we write ourselves (its key), a name for the screen, and the headings
other people use for it in English, Arabic, Kurdish and French. Adding one is adding a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from inventory.domain.sentence import N_


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `needed` means that a table without it cannot be imported."""

    key: str
    name: str
    words: tuple[str, ...] = ()
    needed: bool = False


CODE = Field(
    "code", N_("Code"),
    ("item code", "product code", "article code", "item no", "item number", "drug code", "sku",
     "ref", "reference", "رمز المادة", "رمز", "الرمز", "كود", "الكود", "كود المادة", "رقم المادة",
     "کۆد", "کۆدی کاڵا", "ژمارەی کاڵا", "code article", "code produit", "référence", "réf"),
    needed=True,
)  # fmt: skip

# Where rows are about stock, a column headed "item" holds its code.
ITEM = replace(CODE, words=(*CODE.words, "item", "product", "article", "المادة", "الصنف", "کاڵا"))

ITEM_FIELDS = (
    CODE,
    Field("name_en", N_("Name, English"),
          ("name", "item", "item name", "product", "product name", "description", "generic name",
           "english name", "name english", "drug", "drug name", "medicine", "article",
           "الاسم الانكليزي", "الاسم الإنجليزي", "الاسم العلمي", "ناوی ئینگلیزی",
           "nom anglais", "désignation anglaise")),
    Field("name_ar", N_("Name, Arabic"),
          ("arabic name", "name arabic", "اسم المادة", "الاسم", "اسم", "المادة", "الصنف",
           "اسم الصنف", "اسم الدواء", "الدواء", "الاسم العربي", "الاسم بالعربي", "ناوی عەرەبی",
           "nom arabe")),
    Field("name_ckb", N_("Name, Kurdish"),
          ("kurdish name", "name kurdish", "name_ku", "sorani", "ناو", "ناوی کاڵا", "ناوی دەرمان",
           "ناوی کوردی", "کاڵا", "دەرمان", "الاسم الكردي", "nom kurde")),
    Field("name_fr", N_("Name, French"),
          ("french name", "name french", "nom", "désignation", "libellé", "produit", "médicament",
           "dénomination", "nom du produit", "nom français", "الاسم الفرنسي", "ناوی فەرەنسی")),
    Field("kind", N_("Kind"),
          ("type", "category", "item type", "group", "النوع", "نوع المادة", "نوع", "الفئة",
           "جۆر", "جۆری کاڵا", "catégorie", "genre", "type d'article")),
    Field("unit", N_("Base unit"),
          ("unit of issue", "base unit", "uom", "unit of measure", "dispensing unit", "units",
           "الوحدة", "وحدة", "وحدة الصرف", "وحدة القياس", "یەکە", "یەکەی پێوان",
           "unité", "unité de base", "unité de mesure")),
    Field("pack_size", N_("Pack size"),
          ("pack", "packing", "units per pack", "pack qty", "box size", "qty per pack",
           "quantity per pack", "العبوة", "حجم العبوة", "التعبئة", "عدد في العبوة", "قەبارەی پاکەت",
           "پاکەت", "conditionnement", "taille de boîte", "unités par boîte", "colisage")),
    Field("barcode", N_("Barcode"),
          ("gtin", "ean", "ean13", "bar code", "barcodes", "upc", "باركود", "الباركود", "بارکۆد",
           "code barres", "code-barres", "code barre", "cip13", "cip")),
    Field("ven", N_("Vital, essential or not"),
          ("ved", "vital", "priority", "ven class", "الأهمية", "أولوية", "گرنگی", "priorité",
           "classe ven")),
    Field("inn", N_("Generic substance"),
          ("generic", "international name", "substance", "active ingredient", "المادة الفعالة",
           "ماددەی چالاک", "dci", "principe actif", "substance active")),
    Field("strength", N_("Strength"),
          ("dose", "dosage", "concentration", "التركيز", "القوة", "الجرعة", "چڕی", "هێز",
           "concentration du produit", "teneur")),
    Field("form", N_("Form"),
          ("dosage form", "pharmaceutical form", "presentation", "الشكل الصيدلاني", "الشكل",
           "شێوە", "شێوەی دەرمان", "forme", "forme galénique", "forme pharmaceutique")),
    Field("storage", N_("Storage"),
          ("storage condition", "storage conditions", "temperature", "الخزن", "ظروف الخزن",
           "شروط الخزن", "هەڵگرتن", "مەرجی هەڵگرتن", "conservation", "stockage",
           "conditions de conservation")),
    Field("controlled", N_("Controlled"),
          ("controlled drug", "schedule", "narcotic", "مراقب", "خاضع للرقابة", "مخدر",
           "چاودێریکراو", "stupéfiant", "contrôlé")),
    Field("packs", N_("Other pack sizes"),
          ("other packs", "pack sizes", "other pack sizes", "عبوات أخرى", "پاکەتەکانی تر",
           "autres conditionnements")),
    Field("substitutes", N_("Can be replaced by"),
          ("substitute", "alternatives", "alternative", "البديل", "البدائل", "جێگرەوە",
           "substitut", "substituts", "remplacement")),
    Field("min_months", N_("Least months of stock"),
          ("min months", "minimum months", "أقل أشهر", "mois minimum")),
    Field("max_months", N_("Most months of stock"),
          ("max months", "maximum months", "أكثر أشهر", "mois maximum")),
)  # fmt: skip

OPENING_FIELDS = (
    ITEM,
    Field("lot", N_("Batch"),
          ("batch", "batch no", "batch number", "lot no", "lot number", "رقم الوجبة", "الوجبة",
           "وجبة", "الدفعة", "رقم الدفعة", "رقم التشغيلة", "وەجبە", "ژمارەی وەجبە", "numéro de lot",
           "n° lot", "no lot")),
    Field("expiry", N_("Expiry"),
          ("expiry date", "exp", "exp date", "expires", "expiration", "expiration date",
           "use before", "تاريخ النفاذ", "النفاذ", "تاريخ الانتهاء", "انتهاء الصلاحية",
           "تاريخ الصلاحية", "بەسەرچوون", "بەرواری بەسەرچوون", "péremption",
           "date de péremption", "date d'expiration")),
    Field("quantity", N_("Quantity"),
          ("qty", "stock", "stock on hand", "soh", "balance", "on hand", "count", "counted",
           "units on hand", "الكمية", "كمية", "الرصيد", "رصيد", "العدد", "الكمية الموجودة",
           "بڕ", "ژمارە", "ماوە", "quantité", "qté", "stock disponible", "solde"),
          needed=True),
    Field("place", N_("Place"),
          ("location", "store", "shelf", "bin", "room", "المكان", "الموقع", "المخزن", "الرف",
           "شوێن", "کۆگا", "emplacement", "lieu", "magasin", "rayon")),
)  # fmt: skip

HISTORY_FIELDS = (
    ITEM,
    Field("month", N_("Month"),
          ("period", "reporting period", "date", "الشهر", "شهر", "الفترة", "مانگ", "mois",
           "période"),
          needed=True),
    Field("opening", N_("Opening balance"),
          ("opening balance", "beginning balance", "opening stock", "previous balance",
           "رصيد أول المدة", "الرصيد الافتتاحي", "رصيد البداية", "باڵانسی سەرەتا",
           "stock initial", "solde initial", "ouverture")),
    Field("received", N_("Received"),
          ("receipts", "quantity received", "received quantity", "المستلم", "الوارد", "الاستلام",
           "وەرگیراو", "reçu", "entrées", "quantité reçue")),
    Field("consumed", N_("Consumed"),
          ("consumption", "issued", "dispensed", "used", "quantity used", "quantity dispensed",
           "المصروف", "الاستهلاك", "المستهلك", "الصرف", "بەکارهێنراو", "خەرجکراو",
           "consommé", "consommation", "sorties", "quantité consommée"),
          needed=True),
    Field("adjustments", N_("Losses and adjustments"),
          ("adjustment", "losses", "losses/adjustments", "losses and adjustments", "adjusted",
           "التعديلات", "التلف", "الفقدان", "ڕاستکردنەوە", "ajustements", "pertes",
           "pertes et ajustements")),
    Field("closing", N_("Closing balance"),
          ("closing balance", "closing stock", "ending balance", "stock on hand", "soh",
           "physical count", "رصيد آخر المدة", "الرصيد النهائي", "الرصيد الختامي",
           "باڵانسی کۆتایی", "stock final", "solde final", "clôture")),
    Field("days_out", N_("Days out of stock"),
          ("days out of stock", "stockout days", "stock out days", "days stocked out",
           "أيام النفاد", "أيام الانقطاع", "أيام نفاد الرصيد", "ڕۆژانی نەمان",
           "jours de rupture", "jours rupture")),
)  # fmt: skip

TABLES: Mapping[str, tuple[Field, ...]] = {
    "items": ITEM_FIELDS,
    "opening": OPENING_FIELDS,
    "history": HISTORY_FIELDS,
}
