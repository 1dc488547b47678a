from django.db import models

from integrations.models import Connection


class Lease(models.Model):
    """One worker per connection at a time. Every settling transaction checks `fence`.

    A taken-over lease has a higher fence, so a suspended worker that wakes up late can write
    nothing. `expires_at` is the database's clock.
    """

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, primary_key=True, related_name="lease"
    )
    owner = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"lease {self.fence} of connection {self.connection_id}"
