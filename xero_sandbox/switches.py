"""Facts about Xero that nobody has settled, each a switch: the product must be right either way.

The first choice of each row is the default. `docs/sandbox.md` explains them; the letters are docs/xero.md's.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

CHOICES: dict[str, tuple[Any, ...]] = {
    # A, B: consent, tokens and loss of access
    "app_scopes": ("granular", "both"),
    "redirect_uri_check": ("relaxed", "exact"),
    "cancel_returns_state": (True, False),
    "reconsent_changes_event": (True, False),
    "connection_id_survives_reconnect": (True, False),
    "invalid_client_status": (400, 401),
    "app_token": ("granted", "unauthorized_client", "invalid_scope"),
    "id_token_has_event": (False, True),
    "id_token_has_nonce": (True, False),
    "issuer_ahead_seconds": (0, 30),
    "consent_ends_earlier_grants": (False, True),
    "grace_repeats_successor": (False, True),
    "grace_repeat_ends_first": (False, True),
    "last_disconnect_ends_grant": (False, True),
    "access_token_survives_revocation": (False, True),
    "disconnect_delay_seconds": (0, 20),
    "disconnect_ends_access_tokens": (False, True),
    "disconnect_takes_every_user": (False, True),
    "removed_user_still_listed": (False, True),
    "lowered_role_still_listed": (True, False),
    "ended_trial_still_listed": (True, False),
    "scope_failure_header": ("bearer", "bare", "misspelt"),
    "scope_failure_status": (401, 403),
    "forbidden_body_case": ("title", "lower"),
    "connections_counted_by": ("organisation", "user_and_organisation"),
    "demo_counts_as_connection": (False, True),
    # C: accounting
    "idempotency_reuse_body": ("message", "elements"),
    "cached_refusal_replayed": (True, False),
    "batch_refusal_saves_the_rest": (False, True),
    "modified_since_boundary": ("inclusive", "exclusive"),
    "modified_since_empty": (200, 304),
    "lists_deleted_and_voided": (True, False),
    "large_lists": ("paged", "refused"),
    "accpay_number_updates": (False, True),
    "escaped_slashes": (False, True),
    "indented_json": (False, True),
    "shortest_numbers": (False, True),
    "lock_date_format": ("%d-%b-%Y", "%d %B %Y"),
    "both_lock_texts": (True, False),
    "locked_edit_text": ("same", "other"),
    "advisers_pass_period_lock": (True, False),
    "drafts_pass_locks": (True, False),
    "attachment_stamps_document": (False, True),
    "allocation_delete_body": ("documented", "full", "empty"),
    "contact_by_name": ("exact", "case_insensitive", "always_new"),
    # D, E: limits and webhooks
    "appminute_spelling": ("appminute", "app-minute"),
    "limit_body": ("empty", "text"),
    "refused_calls_consume": (False, True),
    "payment_fires_invoice_webhook": (True, False),
}


@dataclass
class Switches:
    values: dict[str, Any] = field(default_factory=lambda: {name: row[0] for name, row in CHOICES.items()})

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def set(self, name: str, value: Any) -> None:
        """A number may be any number; everything else must be one of the listed choices."""
        choices = CHOICES.get(name)
        if choices is None:
            raise ValueError(f"No switch is called {name!r}.")
        free = type(choices[0]) is int and type(value) is int
        if value not in choices and not free:
            raise ValueError(f"{name} takes one of {list(choices)}, not {value!r}.")
        self.values[name] = value

    def draw(self, seed: int) -> None:
        """Draw every switch from a seed, so that a failing combination can be had again."""
        source = random.Random(seed)
        for name, choices in CHOICES.items():
            self.values[name] = source.choice(choices)
