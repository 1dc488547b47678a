"""Which buttons a document shows to a person. Pure; the use cases ask again."""

from dataclasses import dataclass

from released.billing.editing import Extent, Facts, editable, may_approve, may_credit, may_delete, may_void
from released.billing.models.kinds import Kind

CREDITED_BY = {Kind.INVOICE: Kind.CREDIT_NOTE, Kind.BILL: Kind.SUPPLIER_CREDIT}


@dataclass(frozen=True)
class Actions:
    """What is offered. `credit` is the kind of credit note, or empty."""

    edit: bool = False
    approve: bool = False
    delete: bool = False
    void: bool = False
    credit: str = ""


def offered(facts: Facts, *, may_edit: bool, may_decide: bool) -> Actions:
    """What status and permissions allow together."""
    return Actions(
        edit=may_edit and editable(facts).extent != Extent.NOTHING,
        approve=may_decide and may_approve(facts),
        delete=may_edit and may_delete(facts),
        void=may_decide and may_void(facts),
        credit=CREDITED_BY[facts.kind].value if may_edit and may_credit(facts) else "",
    )
