"""The way in and out: `/login` shows a form and takes it, `/logout` ends the session."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from tocsin.api.access import SESSION_COOKIE, address_of, doorkeeper_of
from tocsin.api.errors import ApiError, error_headers
from tocsin.web.rendering import page

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
MAX_FORM_FIELDS: Final = 8


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name; its size is bounded for every route."""
    try:
        fields = parse_qs(
            (await request.body()).decode("utf-8"),
            max_num_fields=MAX_FORM_FIELDS,
            strict_parsing=True,
        )
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


Form = Annotated[dict[str, str], Depends(_form)]


@router.get("/login")
def login_page(request: Request, then: Annotated[str, Query(max_length=4_000)] = "/") -> Response:
    """The form."""
    return _form_page(request, own_path(then))


@router.post("/login")
def sign_in(request: Request, form: Form) -> Response:
    """Open a session and go on to where one wanted to be."""
    keeper = doorkeeper_of(request)
    assert keeper is not None  # noqa: S101 (these routes are there only with one)
    then = own_path(form.get("then", "/"))
    try:
        key = keeper.sign_in(form.get("name", ""), form.get("password", ""), address_of(request))
    except ApiError as error:
        return _form_page(request, then, error)
    held = request.cookies.get(SESSION_COOKIE)
    if held:
        keeper.sign_out(held, address_of(request))
    answer = RedirectResponse(then, SEE_OTHER, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        SESSION_COOKIE,
        key,
        max_age=int(keeper.session_lasts.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return answer


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """End the session, and have the browser forget what it kept of it."""
    keeper = doorkeeper_of(request)
    assert keeper is not None  # noqa: S101 (these routes are there only with one)
    key = request.cookies.get(SESSION_COOKIE)
    if key:
        keeper.sign_out(key, address_of(request))
    answer = RedirectResponse("/login", SEE_OTHER)
    answer.delete_cookie(SESSION_COOKIE, path="/")
    answer.headers["Clear-Site-Data"] = '"cache"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def sent_to_login(request: Request) -> Response:
    """What a page answers to whoever is not signed in."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    address = f"/login?then={quote(path, safe='')}" if path != "/" else "/login"
    return RedirectResponse(address, SEE_OTHER, headers={"Cache-Control": "no-store"})


def own_path(then: str) -> str:
    """A path of this board; `/` for anything that a browser might take for another site."""
    try:
        parts = urlsplit(then)
    except ValueError:
        return "/"
    # Browsers read a backslash as a slash, and drop tabs and line ends before they read.
    is_plain = then.isascii() and then.isprintable() and "\\" not in then
    is_path = then.startswith("/") and not then.startswith("//")
    return then if is_plain and is_path and not parts.scheme and not parts.netloc else "/"


def _form_page(request: Request, then: str, error: ApiError | None = None) -> Response:
    values = {"then": then, "message": error.message if error else None, "mark": None}
    answer = page(request, "login.html", values, status=error.status if error else 200)
    answer.headers.update(error_headers(error) if error else {"Cache-Control": "no-store"})
    return answer
