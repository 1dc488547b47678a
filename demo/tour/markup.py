"""A page as a tree of elements, with just what the tour asks of it. Standard library only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

ALONE = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
UNREAD = frozenset({"script", "style", "head", "noscript"})


@dataclass
class Element:
    """An element with its attributes and, in order, its texts and elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Element | str"] = field(default_factory=list)

    def every(self) -> Iterator["Element"]:
        """This element and all beneath it."""
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.every()

    def tagged(self, *tags: str) -> list["Element"]:
        return [one for one in self.every() if one.tag in tags]

    def find_all(self, testid: str) -> list["Element"]:
        return [one for one in self.every() if one.attributes.get("data-testid") == testid]

    @property
    def words(self) -> str:
        """Its text as a person reads it."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.tag not in UNREAD:
                yield from one._texts()


class Reader(HTMLParser):
    """Builds the tree; an end tag closes whatever was left open inside its element."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in ALONE:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in (one.tag for one in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.root
