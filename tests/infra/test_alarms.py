"""What calls a person: an alarm for each queue, function and index, sealed on its way, explained in the runbook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.infra.test_template import RESOURCES, functions, of_type, packaged, template

__all__ = ["packaged", "template"]  # fixtures
ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def watched(template: dict[str, Any]) -> set[tuple[str, str]]:
    """(metric, what it is of)"""
    found = set()
    for alarm in of_type(template, "AWS::CloudWatch::Alarm").values():
        values = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
        of = values.get("GlobalSecondaryIndexName") or values.get("Stage") or next(iter(values.values()))
        if isinstance(of, dict):
            of = of.get("Ref") or of["Fn::GetAtt"][0]
        found.add((alarm["MetricName"], of))
    return found


def test_each_queue_its_dead_letters_each_function_and_each_index_is_watched(
    template: dict[str, Any], watched: set[tuple[str, str]]
) -> None:
    queues = set(of_type(template, "AWS::SQS::Queue"))
    dead = {name for name in queues if name.endswith("Dlq")}
    assert len(queues - dead) == len(dead) == 4
    (table,) = of_type(template, "AWS::DynamoDB::Table").values()
    indexes = {"Table"} | {one["IndexName"] for one in table["GlobalSecondaryIndexes"]}
    wanted = {("ApproximateAgeOfOldestMessage", name) for name in queues - dead}
    wanted |= {("ApproximateNumberOfMessagesVisible", name) for name in dead}
    wanted |= {(metric, name) for name in functions(template) for metric in ("Errors", "Throttles")}
    wanted |= {(f"{kind}ThrottleEvents", name) for name in indexes for kind in ("Read", "Write")}
    wanted |= {
        ("Invocations", "Sweep"),
        ("5XXError", template["Resources"]["RestAPI"]["Properties"]["StageName"]),
    }
    assert watched == wanted


def test_silence_of_the_sweep_is_an_alarm_and_silence_of_others_is_none(template: dict[str, Any]) -> None:
    for alarm in of_type(template, "AWS::CloudWatch::Alarm").values():
        still = alarm["MetricName"] == "Invocations"
        assert alarm["TreatMissingData"] == ("breaching" if still else "notBreaching")
        assert alarm["ComparisonOperator"].startswith("LessThan" if still else "GreaterThanOrEqual")
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "Alarms"}]


def test_a_message_is_missed_before_its_citizen_is(template: dict[str, Any]) -> None:
    """A photo is read or given up within fifteen minutes; who watches hears of it before."""
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    assert alarms["AlarmUploadsWait"]["Threshold"] < 15 * 60
    for name, queue in of_type(template, "AWS::SQS::Queue").items():
        if not name.endswith("Dlq"):
            waits = alarms[f"Alarm{name.removeprefix('Queue')}Wait"]
            assert waits["Threshold"] < queue["MessageRetentionPeriod"] / 4


def test_alarms_travel_sealed_and_only_from_this_account(template: dict[str, Any]) -> None:
    parts = template["Resources"]
    assert parts["Alarms"]["Properties"]["KmsMasterKeyId"] == {"Fn::GetAtt": ["AlarmsKey", "Arn"]}
    for document in (
        parts["AlarmsKey"]["Properties"]["KeyPolicy"],
        parts["AlarmsPolicy"]["Properties"]["PolicyDocument"],
    ):
        spoken = [one for one in document["Statement"] if "Service" in one["Principal"]]
        assert [one["Principal"] for one in spoken] == [{"Service": "cloudwatch.amazonaws.com"}]
        assert spoken[0]["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    subscription = parts["AlarmsSubscription"]
    assert subscription["Condition"] in template["Conditions"]
    assert subscription["Properties"]["Endpoint"] == {"Ref": "AlarmAddress"}
    assert template["Parameters"]["AlarmAddress"]["Default"] == ""


def test_each_alarm_says_what_it_means_and_what_to_do_and_stands_in_the_runbook(
    template: dict[str, Any],
) -> None:
    alarms = of_type(template, "AWS::CloudWatch::Alarm").values()
    names = [alarm["AlarmName"] for alarm in alarms]
    explained = [
        name
        for line in re.findall(r"^## .*$", RUNBOOK, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", line)
    ]
    assert sorted(explained) == sorted(names)
    assert (
        RUNBOOK.count("**Means**")
        == RUNBOOK.count("**Do:**")
        == len(re.findall(r"^## ", RUNBOOK, re.MULTILINE))
    )
    for alarm in alarms:
        told = alarm["AlarmDescription"]
        assert told.count(". ") >= 2
        assert told.endswith(f"See docs/runbook.md, {alarm['AlarmName']}.")
        assert len(told) <= 1024


def test_what_holds_data_knows_nothing_of_alarms() -> None:
    """The one-machine stack makes the resources too, and has nobody to call."""
    assert not [
        part for part in RESOURCES["Resources"].values() if part["Type"].startswith("AWS::CloudWatch")
    ]
