"""Ask an outside address whether it still answers: briefly, politely, and never inside a private network.

Published text names the address, so whoever writes here could point the server at its own neighbours. The
name is looked up once, every address it has must be public, and that very address is then spoken to.
"""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address, ip_network
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, gaierror, getaddrinfo, socket
from urllib.parse import SplitResult, quote, urljoin, urlsplit

MOST_REDIRECTS = 3
PATIENCE = 10.0
LONGEST = 3.0  # times the patience: for a server that sends a byte now and then

# The page is there, but not for everybody or not now.
THERE = frozenset((401, 403, 405, 406, 429))
ONWARD = frozenset((301, 302, 303, 307, 308))
# These carry an IPv4 address in an IPv6 one, which may be private.
_TUNNELS = tuple(
    map(ip_network, ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)
_KEPT = "/%:@!$&'()*+,;=~-._?"

MayReach = Callable[[str], bool]


class _Refused(Exception):
    """The address is none that may be asked; the argument is the problem's name."""


def is_public(address: str) -> bool:
    """Tell whether the IP *address* belongs to the public Internet."""
    ip = ip_address(address.partition("%")[0])
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _TUNNELS if net.version == ip.version)


def problem_of(url: str, agent: str, may_reach: MayReach = is_public, patience: float = PATIENCE) -> str:
    """Ask *url* as *agent*; return nothing where it answers, else what is wrong: a status or a name.

    Only addresses that *may_reach* approves of are spoken to, after each redirect anew.
    """
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _ask(urlsplit(url), agent, may_reach, patience)
            if status not in ONWARD:
                return "" if status < 400 or status in THERE else str(status)
            url = urljoin(url, onward)
        return "redirects"
    except _Refused as refused:
        return str(refused)
    except gaierror:
        return "no_host"
    except ssl.SSLCertVerificationError:
        return "certificate"
    except TimeoutError:
        return "timeout"
    except (OSError, HTTPException):
        return "no_connection"
    except ValueError:
        return "address"


def _ask(parts: SplitResult, agent: str, may_reach: MayReach, patience: float) -> tuple[int, str]:
    """Return status and Location; who does not understand HEAD is asked by GET, whose body nobody reads."""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise _Refused("address")
    with suppress(ConnectionError, HTTPException):
        status, onward = _request("HEAD", parts, agent, may_reach, patience)
        if status < 400 or status == 429:
            return status, onward
    return _request("GET", parts, agent, may_reach, patience)


def _request(method: str, parts: SplitResult, agent: str, may_reach: MayReach, patience: float) -> tuple[int, str]:
    host = (parts.hostname or "").encode("idna").decode()
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(host, parts.port, timeout=patience)
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    with _cut_after(LONGEST * patience, connection):
        _connect(connection, may_reach, patience)
        connection.request(method, target, headers={"User-Agent": agent, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")


def _connect(connection: HTTPConnection, may_reach: MayReach, patience: float) -> None:
    """Open the socket ourselves: to an address that was looked at, not to one that is looked up once more."""
    found = getaddrinfo(connection.host, connection.port, type=SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(map(may_reach, addresses)):
        raise _Refused("private")
    connection.sock = _first_open(addresses[:3], connection.port, patience)
    if isinstance(connection, HTTPSConnection):
        context = ssl.create_default_context()
        secure = context.wrap_socket(connection.sock, server_hostname=connection.host, do_handshake_on_connect=False)
        connection.sock = secure
        secure.do_handshake()


def _first_open(addresses: list[str], port: int, patience: float) -> socket:
    for address in addresses[:-1]:
        with suppress(OSError):
            return create_connection((address, port), timeout=patience)
    return create_connection((addresses[-1], port), timeout=patience)


@contextmanager
def _cut_after(seconds: float, connection: HTTPConnection) -> Iterator[None]:
    """Close *connection* at the end, and cut it where that takes longer than *seconds*."""

    def cut() -> None:
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()
