"""Whether the symbols on a drawn page can be read: by the same eyes a scanner has."""

from __future__ import annotations

from desktop.paper_images import POINTS_PER_INCH, PaperImages

SHARPNESS = 200


def codes_on(paper: bytes, page: int) -> frozenset[str]:
    """The texts of all symbols on that page, read from its image at 200 dots an inch."""
    import zxingcpp

    with PaperImages(paper) as pages:
        image = pages.image(page, SHARPNESS / POINTS_PER_INCH)
    return frozenset(code.text for code in zxingcpp.read_barcodes(image))
