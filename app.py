"""Lambda entry points: the routes' blueprints and the event handlers.

The handlers stand here and not in blueprints: a blueprint's handler would be packaged without this module
(aws/chalice#1566).
"""

from __future__ import annotations

import json
from typing import Any

from chalice.app import Chalice, CloudWatchEvent, Rate, SQSEvent

from chalicelib import api, bootstrap
from chalicelib.api.queues import each_message
from chalicelib.aws.queues import arrivals
from chalicelib.desk.offer import offer_work as offer
from chalicelib.usulan import sweep as sweeper
from chalicelib.usulan.check import check_submission
from chalicelib.usulan.read_upload import read_upload
from chalicelib.usulan.tell import tell

app = Chalice(app_name="berkas", configure_logs=False)


for router in api.routers(bootstrap):
    app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)


@app.on_sqs_message(queue="berkas-uploads", batch_size=1)
def read_uploads(event: SQSEvent) -> dict[str, Any]:
    def handle(body: str) -> None:
        for key, version in arrivals(body):
            read_upload(bootstrap.world(), bootstrap.reader(), key, version)

    return each_message(event, handle)


@app.on_sqs_message(queue="berkas-submissions", batch_size=10)
def check_submissions(event: SQSEvent) -> dict[str, Any]:
    return each_message(
        event, lambda body: check_submission(bootstrap.world(), json.loads(body)["case_number"])
    )


@app.on_sqs_message(queue="berkas-verification", batch_size=10)
def offer_work(event: SQSEvent) -> dict[str, Any]:
    def handle(body: str) -> None:
        message = json.loads(body)
        offer(bootstrap.world(), message["case_number"], message["stage"])

    return each_message(event, handle)


@app.on_sqs_message(queue="berkas-notices", batch_size=5)
def send_notices(event: SQSEvent) -> dict[str, Any]:
    return each_message(event, lambda body: tell(bootstrap.world(), json.loads(body)["case_number"]))


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(_: CloudWatchEvent) -> dict[str, int]:
    swept = sweeper.sweep(bootstrap.world())
    return {"resent": swept.resent, "closed": swept.closed}
