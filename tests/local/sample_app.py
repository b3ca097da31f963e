"""A small app with the shape of ours (same queues, same handler names), to test what runs it."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import boto3
from chalice.app import Chalice, Rate

app = Chalice(app_name="sample")


def _note(pk: str, **values: Any) -> None:
    table = boto3.resource("dynamodb").Table(os.environ["BERKAS_TABLE"])
    table.update_item(
        Key={"pk": pk, "sk": "NOTE"},
        UpdateExpression="ADD seen :one SET pid = :pid",
        ExpressionAttributeValues={":one": 1, ":pid": os.getpid()},
    )


@app.route("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.route("/echo/{name}")
def echo(name: str) -> dict[str, str]:
    time.sleep(0.002)
    return {"name": name, "query": (app.current_request.query_params or {}).get("q", "")}


@app.on_sqs_message(queue="berkas-uploads", batch_size=1)
def read_uploads(event: Any) -> dict[str, Any]:
    for message in event:
        told = json.loads(message.body)
        for record in told.get("Records", []):
            key = record["s3"]["object"]["key"]
            _note(key)
            if "hang" in key:
                while True:
                    time.sleep(60)
    return {"batchItemFailures": []}


@app.on_sqs_message(queue="berkas-submissions", batch_size=10)
def check_submissions(event: Any) -> dict[str, Any]:
    failed = []
    for message in event:
        _note(message.body)
        if message.body.startswith("bad"):
            failed.append({"itemIdentifier": message.to_dict()["messageId"]})
    return {"batchItemFailures": failed}


@app.on_sqs_message(queue="berkas-verification", batch_size=10)
def offer_work(event: Any) -> dict[str, Any]:
    for message in event:
        _note(message.body)
        if message.body.startswith("raise"):
            raise ValueError("as asked")
    return {"batchItemFailures": []}


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(event: Any) -> None:
    _note("swept")
