"""What `bench.calls` counts, once Django stands."""

from collections import Counter
from math import ceil

from django.db import transaction
from django.db.models import F

from bench.pull_turns import turns
from bench.stage import FREELY, LARGE, WRITER
from integrations.models import Connection
from released.billing.models import Document
from tests.factories import billing
from tests.factories.portfolio import ContactFactory
from tests.sandbox import Sandbox

BATCH, PAGE = 50, 1000


def play(sandbox: Sandbox, documents: int) -> int:
    sandbox.do("limits", **FREELY)
    sandbox.sign_in(organisation=WRITER)
    large = sandbox.connection(organisation=LARGE, all_time=True)
    sandbox.do("bulk", organisation=LARGE, invoices=documents, lines=3, prerender=True)
    read = counted(sandbox, large, "read")
    writer = sandbox.connection(organisation=WRITER, grant=large.grant, all_time=True)
    turns(writer.pk)
    raise_invoices(writer, documents)
    created = counted(sandbox, writer, "created")
    change_invoices(writer)
    changed = counted(sandbox, writer, "changed")
    pages, batches = ceil(documents / PAGE), ceil(documents / BATCH)
    is_good = read["GET /Invoices (pages)"] <= pages + 1 and created["PUT /Invoices"] == batches
    return 0 if is_good and changed["POST /Invoices"] == batches else 1


def counted(sandbox: Sandbox, connection: Connection, what: str) -> Counter[str]:
    """The calls of a whole sync of the connection, by what they ask."""
    sandbox.do("record/clear")
    turns(connection.pk)
    rows = sandbox.see("record", last=100_000)["requests"]
    found = Counter(name_of(row) for row in rows if "/api.xro" in row["path"])
    print(f"{what}: {sum(found.values())} calls", flush=True)
    for name, count in sorted(found.items()):
        print(f"    {count:6,}  {name}", flush=True)
    waiting = Document.objects.filter(company=connection.company, revision__gt=F("shared_revision")).count()
    print(f"    {waiting:6,}  still waiting", flush=True)
    return found


def name_of(row: dict[str, str]) -> str:
    """Method and endpoint; comparing, reading again by id and reading pages are told apart."""
    endpoint, query = row["path"].rpartition("/api.xro/2.0")[2], row["query"]
    if row["method"] != "GET" or endpoint != "/Invoices":
        return f"{row['method']} {endpoint}"
    sort = "comparing" if "summaryOnly" in query else "by ids" if "IDs=" in query else "pages"
    return f"GET /Invoices ({sort})"


def raise_invoices(connection: Connection, count: int) -> None:
    contact = ContactFactory.create(company=connection.company)
    for _ in range(count):
        with transaction.atomic():
            billing.document(connection.company, contact=contact)


def change_invoices(connection: Connection) -> None:
    """As if a person had given each another reference."""
    rows = Document.objects.filter(company=connection.company)
    rows.update(reference="Changed", revision=F("revision") + 1)
