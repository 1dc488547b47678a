"""The Django admin of accounts, people and roles."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group

from released.accounts.admin_base import AuditedAdmin, ReadOnlyAdmin
from released.accounts.models import Account, AuditEntry, Role, User
from released.accounts.permissions import PERMISSIONS

if TYPE_CHECKING:
    RoleModelForm = forms.ModelForm[Role]
    ChangeForm = UserChangeForm[User]
    CreationForm = AdminUserCreationForm[User]
else:
    RoleModelForm, ChangeForm, CreationForm = forms.ModelForm, UserChangeForm, AdminUserCreationForm

admin.site.unregister(Group)  # roles of an account take their place


class RoleForm(RoleModelForm):
    """A role with its permissions as a column of checkboxes."""

    permissions = forms.MultipleChoiceField(
        choices=list(PERMISSIONS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Role
        fields = ["account", "name", "permissions"]


@admin.register(Account)
class AccountAdmin(AuditedAdmin):
    """Customers. None is deleted here: documents hang on them."""

    what = "account"
    list_display = ["name", "created_at"]
    search_fields = ["name"]

    def picture(self, obj: Account) -> dict[str, Any]:
        return {"name": obj.name}

    def accounts_of(self, obj: Account) -> list[Account]:
        return [obj]

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Role)
class RoleAdmin(AuditedAdmin):
    """Each account's own sets of permissions."""

    what = "role"
    form = RoleForm
    list_display = ["name", "account"]
    list_filter = ["account"]

    def picture(self, obj: Role) -> dict[str, Any]:
        return {"role": obj.name, "permissions": sorted(obj.permissions)}


class PersonForm(ChangeForm):
    """Changing a person."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, Any] = {}


class NewPersonForm(CreationForm):
    """Adding a person."""

    class Meta:
        model = User
        fields = ("email", "name")
        field_classes: dict[str, Any] = {}


@admin.register(User)
class PersonAdmin(AuditedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """People. What they may do hangs on their memberships."""

    what = "person"
    form = PersonForm
    add_form = NewPersonForm
    list_display = ("email", "name", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "memberships__account")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Standing", {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)

    def picture(self, obj: User) -> dict[str, Any]:
        names = ("email", "name", "is_active", "is_staff", "is_superuser")
        return {name: getattr(obj, name) for name in names}

    def accounts_of(self, obj: User) -> list[Account]:
        return list(Account.objects.filter(memberships__user=obj))


@admin.register(AuditEntry)
class AuditAdmin(ReadOnlyAdmin):
    """Who changed whose permissions."""

    list_display = ["at", "account", "what", "actor"]
    list_filter = ["account", "what"]
    date_hierarchy = "at"
