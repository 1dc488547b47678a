"""xero-python made safe: its ApiClient over our own HTTP, with nothing left to chance (docs/xero.md F).

Switched off by construction: its retries and sleeps, its missing timeouts, its refreshing of
tokens (ours has no refresh token and no secret to give), its parsing (one odd record loses a
page) and its floats (a body is sent byte by byte as it was saved). Its configuration is a
singleton that remembers the first token of the process, so the token is set after construction,
and every unit of work has its own client.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.rest import RESTClientObject

from integrations.xero.http import Answer, Line

SECONDS = 30.0


class Response:
    """What the SDK wants to see of an answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.status = answer.status
        self.data = answer.body

    def getheaders(self) -> Mapping[str, str]:
        return self.answer.headers


class SafeTransport(RESTClientObject):  # type: ignore[misc]  # the SDK has no types
    """Sends through a `Line`; answers of every status come back as they are. Raises http.NoAnswer."""

    def __init__(self, line: Line, seconds: float) -> None:
        self._line = line
        self._seconds = seconds

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, str] | None = None,
        body: str | None = None,
        **_ignored: Any,
    ) -> Response:
        if query_params:
            url += "?" + urlencode(query_params)
        answer = self._line.send(
            method,
            url,
            headers=headers or {},
            body=body.encode() if body is not None else None,
            deadline=self._seconds,
            fresh=method != "GET",
        )
        return Response(answer)


class SafeApi:
    """One AccountingApi for one unit of work, one organisation and one access token at a time."""

    def __init__(self, line: Line, xero_tenant_id: str, *, seconds: float = SECONDS) -> None:
        self.token = ""
        configuration = Configuration()
        configuration.oauth2_token = OAuth2Token()
        client = ApiClient(configuration, oauth2_token_getter=self._token)
        client.rest_client = SafeTransport(line, seconds)
        client.set_default_header("xero-tenant-id", xero_tenant_id)
        self._client = client
        self._api = AccountingApi(client, base_url=f"{settings.XERO_API_URL}/api.xro/2.0")

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: str | None = None,
    ) -> Answer:
        """One call; `path` begins with a slash. Raises http.NoAnswer."""
        response: Response = self._client.call_api(
            self._api.get_resource_url(path),
            method,
            query_params=dict(query or {}),
            header_params={"Accept": "application/json", **self._content_type(body), **(headers or {})},
            body=body,
            auth_settings=["OAuth2"],
            _preload_content=False,
            _return_http_data_only=True,
        )
        return response.answer

    @staticmethod
    def _content_type(body: str | None) -> dict[str, str]:
        return {"Content-Type": "application/json"} if body is not None else {}

    def _token(self) -> dict[str, Any]:
        """No expiry and no refresh token: the SDK then never refreshes by itself."""
        return {"access_token": self.token, "scope": [], "expires_in": None, "token_type": "Bearer"}
