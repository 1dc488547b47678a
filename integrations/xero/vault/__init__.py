"""The token vault: one refresh per expiry, and no rotation ever lost (docs/protocols.md, Vault).

Xero gives a new refresh token for each old one, so a refresh whose answer is lost, doubled or
not stored can strand every connection of a person. A refresh is therefore claimed in one short
transaction and made in a second one that holds the grant's row; what was started and not
finished is healed by beat within a minute, inside Xero's 30 minutes of grace. A grant is declared
dead only after every stored token was refused and nobody is consenting.
"""

from integrations.xero.vault.consents import abandon_exchange, begin_exchange, save_consent
from integrations.xero.vault.dying import register_death
from integrations.xero.vault.healing import due_for_healing, due_to_keep_alive, heal, heal_due
from integrations.xero.vault.tokens import access_token, refresh, using

__all__ = [
    "abandon_exchange",
    "access_token",
    "begin_exchange",
    "due_for_healing",
    "due_to_keep_alive",
    "heal",
    "heal_due",
    "refresh",
    "register_death",
    "save_consent",
    "using",
]
