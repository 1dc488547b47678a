"""Refusals of the accounting API, with Xero's numbers and texts (docs/xero.md C).

ApiError                  400 {"ErrorNumber","Type","Message"}
├── PostDataInvalid       14
├── QueryParse            16
├── NoData                17
└── IdempotencyReuse      the key came with another request
NotFound                  404, a line of HTML
Invalid                   one element breaks a rule; the caller decides between 400 and 200
"""

from __future__ import annotations


class ApiError(Exception):
    number = 0
    type = "ApiException"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class PostDataInvalid(ApiError):
    number, type = 14, "PostDataInvalidException"


class QueryParse(ApiError):
    number, type = 16, "QueryParseException"


class NoData(ApiError):
    number, type = 17, "NoDataProcessedException"

    def __init__(self, noun: str) -> None:
        super().__init__(
            "No data has been processed for this endpoint. This endpoint is expecting "
            f"{noun} data to be specifed in the request body."
        )


class IdempotencyReuse(ApiError):
    number, type = 10, "ValidationException"


class NotFound(Exception):
    """The resource you're looking for cannot be found"""


class Invalid(Exception):
    def __init__(self, *messages: str) -> None:
        self.messages = list(messages)
        super().__init__("; ".join(messages))
