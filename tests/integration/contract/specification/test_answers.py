"""The sandbox's answers against Xero's own specification."""

import re
from collections.abc import Iterator

import pytest
from openapi_core.testing import MockResponse

from tests.integration.contract.samples import Sample
from tests.integration.contract.specification.reading import asked, problems_of_answer, raw
from tests.integration.xero_sandbox.driver import App

ACCOUNTING, IDENTITY = "xero_accounting.yaml", "xero-identity.yaml"


def wrong(sample: Sample) -> Iterator[str]:
    """In two places the specification is narrower than Xero's own words.

    It has no 400 for reading, where Xero answers C9 in the same shape as for writing; and a file comes
    back as what it is, not as a stream of octets.
    """
    answer, target = sample.answer, sample.target
    method = "PUT" if (sample.method, answer.status) == ("GET", 400) else sample.method
    content_type = answer.headers["Content-Type"].split(";")[0]
    is_file = content_type == "application/pdf"
    told = MockResponse(
        answer.data,
        status_code=answer.status,
        content_type="application/octet-stream" if is_file else content_type,
    )
    yield from problems_of_answer(ACCOUNTING, asked(method, f"/api.xro/2.0/{target}", None, {}), told)


def is_bare(sample: Sample) -> bool:
    """A deletion as documented: the example in the specification breaks the specification's own schema."""
    return sample.method == "DELETE" and "Amount" not in sample.answer.json()


@pytest.mark.fact("C2", "C3", "C7", "C8", "C24", "C26")
def test_every_answer_of_the_accounting_api_fits(samples: list[Sample]) -> None:
    fitting = [one for one in samples if not is_bare(one)]
    assert len(samples) - len(fitting) == 1
    assert [f"{one}: {problem}" for one in fitting for problem in wrong(one)] == []


def test_a_value_that_xero_does_not_have_is_noticed(samples: list[Sample]) -> None:
    """So that an agreement means something."""
    page = next(one for one in samples if one.target == "Invoices?page=1&unitdp=4")
    changed = page.answer.data.replace(b'"Status":"AUTHORISED"', b'"Status":"AUTHORIZED"')
    request = asked("GET", f"/api.xro/2.0/{page.target}", None, {})
    assert list(problems_of_answer(ACCOUNTING, request, MockResponse(changed)))


@pytest.mark.fact("B1")
def test_the_list_of_connections_fits(app: App) -> None:
    """But for the zone: the specification wants one, and Xero's own example in it has none."""
    answer = app.sandbox.get("/Connections", Authorization=f"Bearer {app.tokens['access_token']}")
    zoned = re.sub(rb'(\.\d{7})"', rb'\1Z"', answer.data)
    request = asked("GET", "/Connections", None, {})
    assert list(problems_of_answer(IDENTITY, request, MockResponse(zoned))) == []
    example = raw(IDENTITY)["paths"]["/Connections"]["get"]["responses"]["200"]
    assert '.5165400"' in example["content"]["application/json"]["example"]
