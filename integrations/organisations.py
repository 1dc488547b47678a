"""Organisations as Xero's list of connections names them, and as they are kept with a consent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Offered:
    """One organisation that a consent may have granted."""

    connection_id: UUID
    xero_tenant_id: UUID
    name: str
    auth_event_id: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "connection_id": str(self.connection_id),
            "xero_tenant_id": str(self.xero_tenant_id),
            "name": self.name,
            "created_at": self.created_at.isoformat() if self.created_at else None,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Offered":
        created_at = kept.get("created_at")
        return cls(
            connection_id=UUID(kept["connection_id"]),
            xero_tenant_id=UUID(kept["xero_tenant_id"]),
            name=kept["name"],
            created_at=datetime.fromisoformat(created_at) if created_at else None,
        )
