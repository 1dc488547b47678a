"""Signing in by email."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Says the same for an unknown address and a wrong password: who works here is nobody's business."""

    error_messages = {
        "invalid_login": "This email address and password do not belong together. Check both and try again.",
        "inactive": "This email address and password do not belong together. Check both and try again.",
    }

    username = forms.EmailField(
        label="Email",
        error_messages={"required": "Write your email address.", "invalid": "Write a whole email address."},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        error_messages={"required": "Write your password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
