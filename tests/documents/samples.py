"""The order, delivery and card that all tests of paper draw."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from inventory.documents.closing import Person
from inventory.documents.goods_received import GoodsReceived, GoodsReceivedLine
from inventory.documents.order_form import OrderForm, OrderFormLine, OrderFormSection
from inventory.documents.stock_card import StockCard, StockCardLine
from inventory.domain.expiry import Expiry
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.order_symbol import OrderLine, write_symbols
from inventory.domain.sentence import Sentence, sentence

CLINIC = Names(
    "Al-Zuhour Health Centre",
    "مركز صحي الزهور",
    "بنکەی تەندروستیی زهوور",
    "Centre de santé Al-Zuhour",
)
AUTHORITY = Names(
    "Republic of Iraq · Ministry of Health · Nineveh Directorate of Health",
    "جمهورية العراق · وزارة الصحة · دائرة صحة نينوى",
    "کۆماری عێراق · وەزارەتی تەندروستی · فەرمانگەی تەندروستی نەینەوا",
    "République d’Irak · Ministère de la Santé · Direction de la santé de Ninive",
)
SUPPLIER = Names(
    "Nineveh DoH warehouse",
    "مخزن دائرة صحة نينوى",
    "کۆگای تەندروستیی نەینەوا",
    "Entrepôt de la DS de Ninive",
)
PHARMACIST = Person(
    Names("Dr Huda Younis", "د. هدى يونس محمد", "د. هودا یونس محەمەد", "Dr Huda Younis"),
    Names("Pharmacist", "صيدلانية", "دەرمانساز", "Pharmacienne"),
)

COLD = sentence("Cold chain")
EXPIRING = sentence("{quantity} expire {expiry}", quantity=40, expiry="01/2027")
WINTER = sentence("{quantity} more: {reason}", quantity=2, reason=sentence("winter"))

# code, names en ar ckb fr, unit, A B C D X, P, H, O, J, packs, pack, remark
_ROWS: dict[str, list[tuple[object, ...]]] = {
    "Medicines": [
        ("AMLO5T", "Amlodipine 5 mg tablet", "أملوديبين 5 ملغ قرص", "ئەملۆدیپین 5 ملگ حەب",
         "Amlodipine 5 mg comprimé", "tablet", 1420, 3000, 3360, 0, 0, 0, 77, 30, None),
        ("AMOX500C", "Amoxicillin 500 mg capsule", "أموكسيسيلين 500 ملغ كبسولة",
         "ئەمۆکسیسیلین 500 ملگ کەپسوول", "Amoxicilline 500 mg gélule", "capsule",
         3200, 6000, 7410, -40, 0, 2000, 4, 1000, None),
        ("AMOX250S", "Amoxicillin 250 mg/5 ml powder for oral suspension, 100 ml bottle",
         "أموكسيسيلين 250 ملغ/5 مل مسحوق لتحضير معلق فموي 100 مل",
         "ئەمۆکسیسیلین 250 ملگ/5 مل تۆز بۆ شەربەت 100 مل",
         "Amoxicilline 250 mg/5 ml poudre pour suspension orale, flacon de 100 ml", "bottle",
         64, 240, 286, -2, 9, 0, 16, 20, None),
        ("BECL100I", "Beclometasone inhaler 100 mcg, 200 doses",
         "بيكلوميثازون بخاخ 100 مكغ، 200 جرعة",
         "بیکلۆمیتازۆن ئینهێلەر 100 مکگ، 200 ژەم", "Béclométasone 100 mcg, spray 200 d.", "inhaler",
         18, 30, 27, 0, 0, 0, 6, 1, None),
        ("CEFT1V", "Ceftriaxone 1 g powder for injection, vial",
         "سيفترياكسون 1 غم مسحوق للحقن، فيال",
         "سێفتریاکسۆن 1 گم تۆز بۆ دەرزی، ڤیاڵ", "Ceftriaxone 1 g poudre inj., fiole", "vial",
         130, 200, 244, -6, 0, 0, 5, 50, EXPIRING),
        ("FEFO200T", "Iron 60 mg + folic acid 0.4 mg tablet", "حديد 60 ملغ + فوليك 0.4 ملغ قرص",
         "ئاسن 60 ملگ + ترشی فۆلیک 0.4 ملگ حەب", "Fer 60 mg + a. folique 0,4 mg comprimé", "tablet",
         5400, 4000, 6150, 0, 0, 2000, 1, 1000, None),
        ("IBUP400T", "Ibuprofen 400 mg tablet", "إيبوبروفين 400 ملغ قرص", "ئیبۆپرۆفین 400 ملگ حەب",
         "Ibuprofène 400 mg comprimé", "tablet", 2600, 4000, 4230, -70, 0, 0, 2, 1000, None),
        ("INSM10V", "Insulin isophane 100 IU/ml, vial 10 ml",
         "إنسولين آيزوفين 100 وحدة/مل، فيال 10 مل",
         "ئینسۆلینی ئایزۆفین 100 یەکە/مل، ڤیاڵ 10 مل", "Insuline isophane 100 UI/ml, fiole 10 ml",
         "vial", 46, 60, 74, -1, 6, 0, 5, 10, COLD),
        ("METF850T", "Metformin 850 mg tablet", "ميتفورمين 850 ملغ قرص", "مێتفۆرمین 850 ملگ حەب",
         "Metformine 850 mg comprimé", "tablet", 6100, 9000, 11240, 0, 0, 3000, 5, 1000, None),
        ("METR500T", "Metronidazole 500 mg tablet", "ميترونيدازول 500 ملغ قرص",
         "میترۆنیدازۆڵ 500 ملگ حەب", "Métronidazole 500 mg comprimé", "tablet",
         1350, 2000, 2480, 0, 0, 0, 2, 1000, None),
        ("OMEP20C", "Omeprazole 20 mg capsule", "أوميبرازول 20 ملغ كبسولة",
         "ئۆمیپرازۆڵ 20 ملگ کەپسوول",
         "Oméprazole 20 mg gélule", "capsule", 560, 1120, 1394, 0, 4, 0, 42, 28, None),
        ("ORS205S", "Oral rehydration salts, 20.5 g/L, sachet",
         "أملاح الإماهة الفموية 20.5 غم/لتر، ظرف",
         "خوێی ئاودانەوەی دەم 20.5 گم/لیتر، کیسە", "SRO 20,5 g/l, sachet", "sachet",
         410, 1000, 1286, 0, 0, 0, 12, 100, None),
        ("PARA500T", "Paracetamol 500 mg tablet", "باراسيتامول 500 ملغ قرص",
         "پاراسیتامۆڵ 500 ملگ حەب",
         "Paracétamol 500 mg comprimé", "tablet", 4100, 9000, 7500, -20, 14, 1000, 5, 1000, WINTER),
        ("SALB100I", "Salbutamol inhaler 100 mcg, 200 doses", "سالبوتامول بخاخ 100 مكغ، 200 جرعة",
         "سالبیوتامۆڵ ئینهێلەر 100 مکگ، 200 ژەم", "Salbutamol spray 100 mcg, 200 doses", "inhaler",
         35, 90, 88, -1, 0, 0, 51, 1, None),
        ("ZINC20T", "Zinc sulfate 20 mg dispersible tablet",
         "كبريتات الزنك 20 ملغ قرص قابل للذوبان",
         "سەلفاتی زینک 20 ملگ حەبی تواوە", "Zinc 20 mg comprimé dispersible", "tablet",
         900, 1500, 1870, 0, 0, 0, 14, 100, None),
    ],
    "Medical supplies": [
        ("GLOVM", "Examination gloves, nitrile, size M", "قفازات فحص نتريل، قياس M",
         "دەستکێشی پشکنین، نایترایل، قەبارە M", "Gants d’examen nitrile, taille M", "piece",
         1400, 3000, 3720, -100, 0, 0, 32, 100, None),
        ("SYRG5", "Syringe 5 ml with needle 21G, sterile", "محقنة 5 مل مع إبرة 21G، معقمة",
         "سرنجی 5 مل لەگەڵ دەرزی 21G، ستێریل", "Seringue 5 ml + aiguille 21G, stérile", "piece",
         480, 2000, 2230, 0, 0, 0, 20, 100, None),
        ("GAUZ10", "Gauze compress 10 × 10 cm, sterile", "شاش معقم 10 × 10 سم",
         "شاشی ستێریل 10 × 10 سم", "Compresse de gaze 10 × 10 cm, stérile", "piece",
         300, 800, 905, 0, 0, 0, 8, 100, None),
        ("TSTGLU", "Blood glucose test strip", "شريط فحص سكر الدم", "شریتی پشکنینی شەکرەی خوێن",
         "Bandelette pour glycémie", "test", 250, 500, 690, 0, 7, 0, 14, 50, None),
    ],
    "Fuel and oil": [
        ("DIESEL", "Diesel fuel for generator 30 kVA", "كاز للمولدة 30 kVA",
         "گازوایل بۆ مۆلیدەی 30 kVA",
         "Gazole pour groupe électrogène 30 kVA", "litre", 420, 1800, 1565, 0, 0, 0, 5, 200, None),
        ("OIL15W40", "Engine oil 15W-40", "زيت محرك 15W-40", "ڕۆنی بزوێنەر 15W-40",
         "Huile moteur 15W-40", "litre", 8, 20, 19, 0, 0, 0, 2, 5, None),
    ],
    "Other": [
        ("CHLOR5L", "Sodium hypochlorite 5 %, 5 L can", "هايبوكلوريت الصوديوم 5 %، عبوة 5 لتر",
         "هایپۆکلۆرایتی سۆدیۆم 5 %، 5 لیتر", "Hypochlorite de sodium 5 %, bidon 5 l", "piece",
         6, 12, 13, 0, 0, 0, 2, 4, None),
        ("PAPA4", "Paper A4, 80 g, ream of 500", "ورق A4 80 غم، رزمة 500 ورقة",
         "کاغەزی A4 80 گم، بەندی 500 پەڕە", "Papier A4 80 g, rame de 500", "ream",
         4, 10, 11, 0, 0, 0, 2, 5, None),
    ],
}  # fmt: skip


def average(consumed: int, days_out: int, months: int = 3) -> int:
    """P on the form: rounded half up, from C and X alone."""
    exact = Fraction(consumed) / (months - Fraction(days_out) / Fraction("30.5"))
    return int(exact + Fraction(1, 2))


def _line(row: tuple[object, ...]) -> OrderFormLine:
    item, en, ar, ckb, fr, unit, *figures, remark = row
    a, b, c, d, x, on_order, packs, pack = (int(str(number)) for number in figures)
    amc = average(c, x)
    return OrderFormLine(
        code=str(item), names=Names(str(en), str(ar), str(ckb), str(fr)), unit=sentence(str(unit)),
        opening=a, received=b, consumed=c, adjustments=d, on_hand=a + b - c + d, days_out=x,
        amc=amc, maximum=3 * amc, on_order=on_order, requested_units=packs * pack, packs=packs,
        pack_size=pack, remark=remark if isinstance(remark, Sentence) else None,
    )  # fmt: skip


SECTIONS = tuple(
    OrderFormSection(sentence(title), tuple(_line(row) for row in rows))
    for title, rows in _ROWS.items()
)


def with_symbols(form: OrderForm) -> OrderForm:
    """The form with the symbols of its lines."""
    lines = [OrderLine(line.code, line.requested_units) for line in form.lines]
    texts = write_symbols(form.number, form.clinic_code, form.day, lines)
    return dataclasses.replace(form, symbols=tuple(texts))


def order_form(sections: Sequence[OrderFormSection] = SECTIONS) -> OrderForm:
    return with_symbols(
        OrderForm(
            number="ORD-2026-00031",
            clinic=CLINIC,
            clinic_code="MOS-014",
            authority=AUTHORITY,
            supplier=SUPPLIER,
            day=date(2026, 11, 2),
            period_first=date(2026, 8, 1),
            period_last=date(2026, 10, 31),
            sections=tuple(sections),
            symbols=(),
            needed_by=date(2026, 11, 16),
            requester=PHARMACIST,
        )
    )


def order_of(count: int) -> OrderForm:
    """An order of so many lines, in at most two sections, with an empty one between."""
    known = [line for section in SECTIONS for line in section.lines]
    lines = []
    for number in range(count):
        line = known[number % len(known)]
        lines.append(dataclasses.replace(line, code=f"{line.code[:4]}{number + 1:03}"))
    half = count // 2
    return order_form(
        (
            OrderFormSection(sentence("Medicines"), tuple(lines[half:])),
            OrderFormSection(sentence("Fuel and oil"), ()),
            OrderFormSection(sentence("Other"), tuple(lines[:half])),
        )
    )


def goods_received() -> GoodsReceived:
    """The delivery that answers the sample order."""
    known = {line.code: line for section in SECTIONS for line in section.lines}

    def line(
        code: str, batch: str, expiry: str, ordered: int | None, waybill: int | None, *,
        packs: int, shelf: str, damaged: int = 0, remark: Sentence | None = None,
    ) -> GoodsReceivedLine:  # fmt: skip
        item = known[code]
        size = item.pack_size
        return GoodsReceivedLine(
            code=code, names=item.names, batch=batch, expiry=Expiry.from_iso(expiry),
            pack_size=size, received=packs * size, added=(packs - damaged) * size,
            damaged=damaged * size, ordered=None if ordered is None else ordered * size,
            on_waybill=None if waybill is None else waybill * size, shelf=shelf, remark=remark,
        )  # fmt: skip

    broken = sentence("{quantity} damaged: {reason}", quantity=1, reason=sentence("box broken"))
    short = sentence("{quantity} short", quantity=1)
    return GoodsReceived(
        number="GRN-2026-00012",
        clinic=CLINIC,
        authority=AUTHORITY,
        supplier=SUPPLIER,
        day=date(2026, 11, 15),
        time="10:40",
        source=sentence("Aid · {grant}", grant="NIN-H-04"),
        waybill="WB-2026-0417",
        order="ORD-2026-00031",
        vehicle=Names("Nineveh 48213 · Sabah Khalaf", "نينوى 48213 · صباح خلف"),
        arrival="4.6 °C · TL-0093",
        lines=(
            line("AMLO5T", "B24117", "2028-03", 77, 77, packs=77, shelf="A2-04"),
            line("AMOX500C", "5K0231A", "2028-09", 4, 4, packs=4, shelf="A1-02"),
            line(
                "AMOX250S", "AS-7741", "2027-04", 16, 16, packs=16, shelf="A1-03", damaged=1,
                remark=broken,
            ),
            line("CEFT1V", "CX250908", "2027-09", 5, 3, packs=3, shelf="B1-01"),
            line("CEFT1V", "CX251120", "2027-11", None, 2, packs=2, shelf="B1-01"),
            line("INSM10V", "NP4K882", "2028-02", 5, 5, packs=5, shelf="F1"),
            line("METF850T", "M6120", "2029-08", 5, 5, packs=4, shelf="A4-02", remark=short),
            line("ORS205S", "OR26-118", "2029-01", 12, 12, packs=12, shelf="A5-01"),
            line("PARA500T", "PT60331", "2029-05", 5, 5, packs=5, shelf="A6-01"),
            line("SYRG5", "2507S5", "2030-07", 20, 20, packs=20, shelf="C1-03"),
        ),
        note=sentence("Discrepancy report {document} attached", document="DIS-2026-0006"),
        delivered=Person(Names("Sabah Khalaf", "صباح خلف"), Names("Driver", "سائق")),
        received=Person(Names("Ali Saadoun", "علي سعدون"), Names("Store keeper", "أمين مخزن")),
        checked=PHARMACIST,
    )  # fmt: skip


def stock_card() -> StockCard:
    """Three months of paracetamol, with two counts."""
    rows: list[tuple[str, str, str, str, int | None, int | None, int | None, int | None]] = [
        ("2026-08-03", "DSP-2026-01874", "Dispensary, day total", "PT50982", None, 212, None, None),
        ("2026-08-04", "DSP-2026-01913", "Dispensary, day total", "PT50982", None, 188, None, None),
        ("2026-08-10", "GRN-2026-00007", "", "PT60118", 2000, None, None, None),
        ("2026-08-17", "DSP-2026-02044", "Dispensary, 2 weeks", "PT50982", None, 1460, None, None),
        ("2026-08-31", "CNT-2026-00008", "Monthly count", "PT50982", None, None, None, 4240),
        ("2026-09-14", "DSP-2026-02310", "Dispensary, 4 weeks", "PT50982", None, 2310, None, None),
        ("2026-09-21", "ADJ-2026-00011", "Damaged: damp", "PT60118", None, None, -20, None),
        ("2026-09-27", "DSP-2026-02402", "Dispensary, 2 weeks", "PT60118", None, 1910, None, None),
        ("2026-10-11", "GRN-2026-00010", "Aid", "PT60331", 7000, None, None, None),
        ("2026-10-25", "DSP-2026-02655", "Dispensary, 2 weeks", "PT60331", None, 1420, None, None),
        ("2026-10-31", "CNT-2026-00010", "Monthly count", "PT60331", None, None, None, 5580),
    ]  # fmt: skip
    expiries = {"PT50982": "2028-03", "PT60118": "2029-01", "PT60331": "2029-05"}
    balance = 4100
    lines = [StockCardLine(date(2026, 8, 1), balance, party=sentence("Carried forward"))]
    for day, document, party, batch, received, issued, adjusted, counted in rows:
        balance += (received or 0) - (issued or 0) + (adjusted or 0)
        lines.append(
            StockCardLine(
                date.fromisoformat(day), balance, document,
                sentence(party) if party else SUPPLIER, batch, Expiry.from_iso(expiries[batch]),
                received, issued, adjusted, counted,
                sentence("{n} days out of stock", n=14) if balance == 0 else None,
            )
        )  # fmt: skip
    return StockCard(
        number="CARD-PARA500T-03",
        clinic=CLINIC,
        authority=AUTHORITY,
        item=next(line.names for line in SECTIONS[0].lines if line.code == "PARA500T"),
        place=sentence("store"),
        unit=sentence("tablet"),
        pack_size=1000,
        lines=tuple(lines),
        storage=sentence("below {degrees}", degrees="30 °C"),
        shelf="A6-01",
        amc=2952,
        window=(Month(2026, 8), Month(2026, 10)),
        minimum=5904,
        minimum_months=Fraction(2),
        maximum=8856,
        maximum_months=Fraction(3),
        emergency_point=1476,
    )
