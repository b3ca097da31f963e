"""`python -m chalicelib admin --region 13 --username U --name N`: invite the first administrator of a region.

It works once a region: where there is or was one, `recover` replaces him, by two people.
Everybody else is invited on the pages, by an administrator of the region above. Works wherever the environment leads; on
AWS it needs the rights of the API's function on the table, the key and the user pool.
"""

from __future__ import annotations

import argparse

from chalicelib import bootstrap
from chalicelib.errors import BadInput, Conflict
from chalicelib.identity.region import RegionCode
from chalicelib.local import place
from chalicelib.offices.invite import invite_first


def main(argv: list[str]) -> int:
    """Exit code 0 invited, 1 refused (one line says why). CannotServe: nothing leads to a stack."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib admin", description=__doc__)
    parser.add_argument("--region", required=True, help="code of the region, such as 13 or 13.05")
    parser.add_argument("--username", required=True)
    parser.add_argument("--name", required=True)
    place.add_option(parser)
    options = parser.parse_args(argv)
    place.enter(options.data)
    try:
        region = RegionCode.parse(options.region)
        _, password = invite_first(bootstrap.personnel(), options.username, options.name, region)
    except (BadInput, Conflict) as refused:
        print("; ".join(refused.fields.values()) or refused.message)  # noqa: T201  (what the command tells)
        return 1
    print(f"Invited for {region}. Password for the first sign-in, within seven days: {password}")  # noqa: T201  (shown once, to be handed over)
    return 0
