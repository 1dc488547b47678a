"""A page that somebody got, and its forms."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from demo.tour.markup import Element, read


class Unseen(AssertionError):
    """The tour looked for something and did not see it."""


@dataclass(frozen=True)
class Form:
    """A form as a browser would send it: where to, how, and the values it starts with."""

    action: str
    method: str
    values: dict[str, str]


@dataclass(frozen=True)
class Page:
    """What came back, read. `address` is where it came from in the end."""

    address: str
    status: int
    html: str

    @cached_property
    def tree(self) -> Element:
        return read(self.html)

    @property
    def words(self) -> str:
        """The main part's text, which is what a failure quotes."""
        main = self.tree.tagged("main") or self.tree.tagged("body") or [self.tree]
        return main[0].words

    @property
    def title(self) -> str:
        headings = self.tree.tagged("h1")
        return headings[0].words if headings else self.words[:80]

    def has(self, testid: str) -> bool:
        return bool(self.tree.find_all(testid))

    def one(self, testid: str) -> Element:
        """The element with this test id; there is exactly one."""
        found = self.tree.find_all(testid)
        if len(found) != 1:
            raise Unseen(f"{testid} is {len(found)} times on {self.address}, not once: {self.words[:600]}")
        return found[0]

    def link(self, words: str) -> str:
        """The address behind a link that says this."""
        for one in self.tree.tagged("a"):
            if words in one.words and "href" in one.attributes:
                return urljoin(self.address, one.attributes["href"])
        raise Unseen(f"no link “{words}” on {self.address}: {self.words[:600]}")

    def form(self, button: str) -> Form:
        """The form with a button that says this, as it is before anybody types."""
        for form in self.tree.tagged("form"):
            for pressed in form.tagged("button"):
                if button in pressed.words:
                    return self._form(form, pressed)
        raise Unseen(f"no button “{button}” on {self.address}: {self.words[:600]}")

    def _form(self, form: Element, pressed: Element) -> Form:
        values = {
            name: value
            for one in form.every()
            if (name := one.attributes.get("name"))
            for value in value_of(one)
        }
        if pressed.attributes.get("name"):
            values[pressed.attributes["name"]] = pressed.attributes.get("value", "")
        action = form.attributes.get("action") or self.address
        return Form(urljoin(self.address, action), form.attributes.get("method", "get").lower(), values)


def value_of(field: Element) -> list[str]:
    """What a field contributes before anybody touches it; nothing for a button or an unticked box."""
    kind = field.attributes.get("type", "text")
    if field.tag == "textarea":
        return [field.words]
    if field.tag == "select":
        return chosen(field)
    if field.tag != "input" or kind in ("submit", "button"):
        return []
    if kind in ("checkbox", "radio"):
        return [field.attributes.get("value", "on")] if "checked" in field.attributes else []
    return [field.attributes.get("value", "")]


def chosen(select: Element) -> list[str]:
    options = select.tagged("option")
    marked = [one for one in options if "selected" in one.attributes] or options[:1]
    return [one.attributes.get("value", one.words) for one in marked]


def option(page: Page, field: str, words: str = "") -> str:
    """The value of the first real option of a select, or of the first that says this."""
    for select in page.tree.tagged("select"):
        if select.attributes.get("name") == field:
            for one in select.tagged("option"):
                if one.attributes.get("value") and words in one.words:
                    return one.attributes["value"]
    raise Unseen(f"no choice “{words}” for {field} on {page.address}")
