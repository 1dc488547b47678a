"""Something that people type here and in Xero while access is lost: a likely pair once it is back."""

import re
from collections.abc import Callable

from demo.tour.page import Page
from tests.browser.firm import Firm


def type_on_both_sides(firm: Firm, company: str, raise_it: Callable[[], str]) -> str:
    """`raise_it` raises an invoice and gives its path, which is returned; the company is connected then."""
    with firm.lost(company):
        path = raise_it()
        page = firm.manager.open(path)
        typed = {"total": total_on(page), "reference": page.one("document-number").words}
        some = next(row for row in firm.documents_in_xero(company) if row["type"] == "ACCREC")
        firm.xero.do("copy-document", organisation=company, document=some["id"], set=typed)
    return path


def total_on(page: Page) -> str:
    found = re.search(r"Total £([\d,]+\.\d\d)", page.words)
    assert found is not None, page.words
    return found[1].replace(",", "")
