"""How our account codes, tax types, tracking and contacts are called in the organisation of Xero’s."""

from django.db import models
from django.db.models import Q

from integrations.models import Connection
from released.accounts.models import User
from released.portfolio.models import Contact


class Sort(models.TextChoices):
    """What is matched. Closed."""

    ACCOUNT = "account", "Account"
    TAX_TYPE = "tax_type", "Tax type"
    TRACKING_CATEGORY = "tracking_category", "Tracking category"
    TRACKING_OPTION = "tracking_option", "Tracking option"


class ChartReading(models.Model):
    """When the organisation’s chart was last asked for, and what could be read of it.

    What could not be read says nothing: an account that is missing from a chart that nobody could
    read is not missing in Xero. `sorts` names the sorts of which the whole list was read.
    """

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, primary_key=True, related_name="chart_reading"
    )
    tried_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="The last time that anything of it was read.")
    sorts = models.JSONField(default=list, help_text="Of which sorts the list is known.")
    says = models.CharField(max_length=300, blank=True, help_text="Why the last try failed.")

    def __str__(self) -> str:
        return f"Chart of connection {self.connection_id}"


class ChartEntry(models.Model):
    """One account, tax rate, tracking category or option as Xero holds it.

    `key` is what a line in Xero carries: code, tax type, category’s name; of an option its category’s
    name and its own, with U+001F between them. `detail` depends on the sort:
    account {class, type, updated, refused}, tax type {rate, income, expenses}.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="chart")
    sort = models.CharField(max_length=17, choices=Sort)
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=255, blank=True)
    detail = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True, help_text="Documents may use it.")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "chart entries"
        ordering = ["sort", "key"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "sort", "key"], name="one_chart_entry_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.key}"


class Match(models.Model):
    """What one of our words is called in Xero. Outlives every reconnect; goes with the bond alone.

    Words that are the same on both sides need no row.
    """

    class How(models.TextChoices):
        EXACT = "exact", "The same on both sides"
        SUGGESTED = "suggested", "Our suggestion, taken"
        PERSON = "person", "Chosen by a person"
        KEPT = "kept", "Sent as it is"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="matches")
    sort = models.CharField(max_length=17, choices=Sort)
    ours = models.CharField(max_length=255, help_text="As our lines hold it.")
    theirs = models.CharField(max_length=255, help_text="As Xero’s lines hold it.")
    how = models.CharField(max_length=9, choices=How)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["connection", "sort", "ours"], name="one_match_per_word_of_ours")
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.ours}: {self.theirs} in Xero"


class NearContact(models.Model):
    """A contact of Xero’s whose name is nearly that of one of ours: the same one, or another? Asked once."""

    class Decision(models.TextChoices):
        OPEN = "", "To be decided"
        LINKED = "linked", "The same"
        APART = "apart", "Two contacts"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="near_contacts")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    xero_id = models.UUIDField()
    name = models.CharField(max_length=255, help_text="Xero’s.")
    email = models.CharField(max_length=255, blank=True, help_text="Xero’s.")
    reason = models.CharField(max_length=100, help_text="Why they may be one, in words.")
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["contact__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "contact", "xero_id"], name="near_contact_once")
        ]
        indexes = [models.Index(fields=["connection"], name="near_contact_open", condition=Q(decision=""))]

    def __str__(self) -> str:
        return f"{self.contact} and {self.name} in Xero"
