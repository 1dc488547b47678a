"""Consents for the vault's tests: begun, and carried through."""

from uuid import uuid4

from integrations.models import Consent, Grant
from integrations.xero import vault
from released.clock.database import database_now
from tests.factories.cast import assemble
from tests.sandbox import HARBOUR_VIEW, Sandbox


class Consents:
    """Consents of the cast's administrator for Harbour View."""

    def __init__(self) -> None:
        self._cast = assemble()

    def begin(self) -> Consent:
        """A consent whose code is about to be exchanged."""
        made = Consent.objects.create(
            state_hash=uuid4().hex,
            session_hash="session",
            user=self._cast.admin,
            company=self._cast.harbour_view,
            purpose=Consent.Purpose.RECONNECT,
            nonce="n-1",
            code_verifier="v",
            created_at=database_now(),
        )
        vault.begin_exchange(made.pk)
        made.refresh_from_db()
        return made

    def whole(self, sandbox: Sandbox, organisation: str = HARBOUR_VIEW) -> Grant:
        consent = self.begin()
        return vault.save_consent(consent.pk, *sandbox.sign_in(organisation=organisation))
