"""A person without a mouse. What has the focus must always be seen to have it."""

from tests.browser.people import Person

MOST_TABS = 120
# The outline that the focused element has, or what stands in for one.
RING = """
() => {
  const style = getComputedStyle(document.activeElement);
  const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return { width, colour: style.outlineColor, behind: getComputedStyle(document.body).backgroundColor };
}
"""
NAME = """
() => {
  const one = document.activeElement;
  const said = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent || "";
  return said.replace(/\\s+/g, " ").trim();
}
"""


def reach(person: Person, name: str) -> None:
    """Press Tab until what is so called has the focus; on the way every stop shows its focus."""
    for _ in range(MOST_TABS):
        person.page.keyboard.press("Tab")
        focused = str(person.page.evaluate(NAME))
        assert has_ring(person), f"the focus on “{focused}” cannot be seen at {person.page.url}"
        if focused.startswith(name):
            return
    raise AssertionError(f"“{name}” cannot be reached by Tab at {person.page.url}")


def has_ring(person: Person) -> bool:
    """The body has the focus once after the last stop of a page: nothing to show there."""
    if person.page.evaluate("document.activeElement === document.body"):
        return True
    ring = person.page.evaluate(RING)
    return bool(ring["width"] >= 2 and ring["colour"] != ring["behind"])


def press(person: Person, name: str, key: str = "Enter") -> None:
    reach(person, name)
    person.page.keyboard.press(key)


def press_and_arrive(person: Person, name: str, arrives: str) -> None:
    """Enter on a link or button that leads to another page."""
    press(person, name)
    person.page.wait_for_url(arrives)


def type_date(person: Person, label: str, digits: str) -> None:
    """In the order in which the field shows day, month and year; each part is left by itself."""
    reach(person, label)
    person.page.keyboard.type(digits)
