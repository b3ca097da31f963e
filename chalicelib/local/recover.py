"""`python -m chalicelib recover ask|confirm --region 13 --username U`: the last administrator of a region is gone.

Two operators of the stack do it, each under an identity of their own at AWS (`sts:GetCallerIdentity`): one asks, with
`--name` and `--reason`; the other confirms within 24 hours, by region and user name typed anew. Those who administered
the region before are shut out. The one-machine stack knows one identity only, so nobody can confirm there.
"""

from __future__ import annotations

import argparse

from chalicelib import bootstrap
from chalicelib.errors import BerkasError
from chalicelib.identity.region import RegionCode
from chalicelib.local import place
from chalicelib.offices.recover import ask, confirm


def main(argv: list[str]) -> int:
    """Exit code 0 done, 1 refused (one line says why). CannotServe: nothing leads to a stack."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib recover", description=__doc__)
    parser.add_argument("what", choices=["ask", "confirm"])
    parser.add_argument("--region", required=True, help="code of the region, such as 13")
    parser.add_argument("--username", required=True, help="of the new administrator")
    parser.add_argument("--name", help="ask: of the new administrator")
    parser.add_argument("--reason", help="ask: why, such as the number of a letter")
    place.add_option(parser)
    options = parser.parse_args(argv)
    if (options.what == "ask") != (options.name is not None and options.reason is not None):
        parser.error("ask needs --name and --reason, confirm takes neither")
    place.enter(options.data)
    try:
        print(_done(options))  # noqa: T201  (what the command tells)
    except BerkasError as refused:
        print("; ".join(refused.fields.values()) or refused.message)  # noqa: T201  (what the command tells)
        return 1
    return 0


def _done(options: argparse.Namespace) -> str:
    house, recoveries, who = bootstrap.personnel(), bootstrap.recoveries(), bootstrap.operator()
    region = RegionCode.parse(options.region)
    if options.what == "ask":
        ask(house, recoveries, region, options.username, options.name, options.reason, who)
        return f"Asked for {region}. Another operator confirms within 24 hours: recover confirm"
    person, password = confirm(house, recoveries, region, options.username, who)
    return (
        f"{person.name} administers {region}; those before are shut out. "
        f"Password for the first sign-in, within seven days: {password}"
    )
