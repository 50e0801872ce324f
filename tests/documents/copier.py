"""What happens to paper: printing, copying twice, scanning askew; and reading what is left."""

from __future__ import annotations

import random

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

POINTS = 72


def printed(pdf: bytes, dots_per_inch: int = 150) -> list[Image.Image]:
    """Every page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [
        document[index].render(scale=dots_per_inch / POINTS, grayscale=True).to_pil().convert("L")
        for index in range(len(document))
    ]
    document.close()
    return pages


def copied_twice(page: Image.Image, seed: int = 1) -> Image.Image:
    """Two generations of a black-and-white copier at the resolution of the page, with specks."""
    dice = random.Random(seed)
    for threshold in (150, 140):
        soft = page.filter(ImageFilter.GaussianBlur(1.1))
        page = soft.point(lambda grey, limit=threshold: 255 if grey > limit else 0)
        for _ in range(400):
            spot = (dice.randrange(page.width), dice.randrange(page.height))
            page.putpixel(spot, dice.choice((0, 255)))
    return page


def scanned(page: Image.Image, degrees: float, dots_per_inch: int = 150) -> Image.Image:
    """A 300-dpi page on a cheap scanner: tilted, grey, blurred, flat and noisy."""
    tilted = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    size = (tilted.width * dots_per_inch // 300, tilted.height * dots_per_inch // 300)
    grey = tilted.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.5))
    flat = ImageEnhance.Contrast(grey).enhance(0.67)
    noise = Image.effect_noise(flat.size, 16)
    return ImageChops.add(flat, noise, 1, -128)


def read(page: Image.Image) -> set[tuple[str, str]]:
    """(format, text) of all symbols: at the size it has, then enlarged twice."""
    found: set[tuple[str, str]] = set()
    for scale in (1, 2):
        size = (page.width * scale, page.height * scale)
        enlarged = page if scale == 1 else page.resize(size, Image.Resampling.BICUBIC)
        for barcode in zxingcpp.read_barcodes(enlarged):
            found.add((str(barcode.format), barcode.text))
    return found


def text_of(pdf: bytes) -> list[str]:
    """The text of every page as a reader copies it."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    return [text.replace("\u00a0", " ") for text in texts]
