"""What calls a person: an alarm for each thing that stands still, is lost or is turned away, and the topic that tells.

Each alarm's description says what it means and what to do; docs/runbook.md says it at length under the alarm's own name
(a test holds the two together). They stand here and not in resources.json because they watch functions, which only the
finished template has. Nothing of a person is in a metric, so nothing is in an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ADDRESS = "AlarmAddress"
"""The template's parameter: who is told."""
TOLD = "AlarmsAreTold"
TOPIC, KEY = "Alarms", "AlarmsKey"
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    ADDRESS: {
        "Type": "String",
        "Default": "",
        "Description": "Mail address that alarms are sent to; it confirms once. Empty: alarms stand in the console only",
        "AllowedPattern": r"([^\s@]+@[^\s@]+)?",
    },
}
LATEST = {"uploads": 600, "submissions": 600, "verification": 900, "notices": 1800}
"""Seconds a message may wait: a photo is read within 15 minutes or given up (docs/architecture.md)."""
INDEXES = ("", "desk", "todo")


@dataclass(frozen=True)
class Alarm:
    """One CloudWatch alarm: the `statistic` of a metric over `minutes`, `times` in a row `compared` with `limit`."""

    name: str
    means: str
    do: str
    namespace: str
    metric: str
    dimensions: Mapping[str, Any]
    statistic: str = "Sum"
    minutes: int = 5
    times: int = 1
    compared: str = "GreaterThanOrEqualToThreshold"
    limit: int = 1
    silence: str = "notBreaching"
    """What no data means."""

    @property
    def title(self) -> str:
        """As the console and the runbook name it."""
        return f"berkas-{self.name}"

    def resource(self) -> dict[str, Any]:
        properties = {
            "AlarmName": self.title,
            "AlarmDescription": f"{self.means} {self.do} See docs/runbook.md, {self.title}.",
            "Namespace": self.namespace,
            "MetricName": self.metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in self.dimensions.items()],
            "Statistic": self.statistic,
            "Period": 60 * self.minutes,
            "EvaluationPeriods": self.times,
            "ComparisonOperator": self.compared,
            "Threshold": self.limit,
            "TreatMissingData": self.silence,
            "AlarmActions": [{"Ref": TOPIC}],
            "OKActions": [{"Ref": TOPIC}],
        }
        return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}

    @property
    def resource_id(self) -> str:
        return "Alarm" + "".join(part.capitalize() for part in self.name.split("-"))


def add(template: dict[str, Any], queues: Mapping[str, str], functions: list[str]) -> None:
    """Puts key, topic and alarms into the template. `queues`: name → resource; `functions`: resources."""
    parts = template["Resources"]
    template["Parameters"] |= {name: dict(part) for name, part in PARAMETERS.items()}
    template["Conditions"][TOLD] = {"Fn::Not": [{"Fn::Equals": [{"Ref": ADDRESS}, ""]}]}
    parts |= _topic()
    for alarm in alarms(queues, functions, parts["RestAPI"]["Properties"]):
        parts[alarm.resource_id] = alarm.resource()


def alarms(queues: Mapping[str, str], functions: list[str], api: Mapping[str, Any]) -> Iterator[Alarm]:
    for queue, resource in queues.items():
        yield from _of_queue(queue.removeprefix("berkas-"), resource)
    for function in functions:
        yield from _of_function(function)
    for index in INDEXES:
        yield from _of_table(index)
    yield Alarm(
        "sweep-stands-still",
        "The sweep has not run for ten minutes: what fails is not tried again, and nothing is deleted on its day.",
        "Look whether its schedule is on and what its last run said; run it by hand once.",
        "AWS/Lambda",
        "Invocations",
        {"FunctionName": {"Ref": "Sweep"}},
        times=2,
        compared="LessThanThreshold",
        silence="breaching",
    )
    yield Alarm(
        "pages-answer-with-faults",
        "People are answered that something is wrong on our side.",
        "Search the log of APIHandler for the level ERROR, newest first; roll back if a deployment is the cause.",
        "AWS/ApiGateway",
        "5XXError",
        {"ApiName": api["DefinitionBody"]["info"]["title"], "Stage": api["StageName"]},
        limit=5,
    )


def _of_queue(name: str, resource: str) -> Iterator[Alarm]:
    yield Alarm(
        f"{name}-wait",
        f"Messages on berkas-{name} have waited for more than {LATEST[name] // 60} minutes.",
        "Look at the errors and throttles of the function that reads the queue; people wait meanwhile, nothing is lost.",
        "AWS/SQS",
        "ApproximateAgeOfOldestMessage",
        {"QueueName": {"Fn::GetAtt": [resource, "QueueName"]}},
        statistic="Maximum",
        times=2,
        limit=LATEST[name],
    )
    yield Alarm(
        f"{name}-given-up",
        f"A message of berkas-{name} was tried three times and laid aside.",
        "Read why in the function's log, mend the cause, then send the message again from the queue of dead letters.",
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        {"QueueName": {"Fn::GetAtt": [f"{resource}Dlq", "QueueName"]}},
        statistic="Maximum",
    )


def _of_function(function: str) -> Iterator[Alarm]:
    dimensions = {"FunctionName": {"Ref": function}}
    yield Alarm(
        f"{function.lower()}-breaks",
        f"{function} has ended in an error or run out of time at least three times in five minutes.",
        "Search its log for the level ERROR; roll back if a deployment is the cause.",
        "AWS/Lambda",
        "Errors",
        dimensions,
        limit=3,
    )
    yield Alarm(
        f"{function.lower()}-turned-away",
        f"{function} was asked for more often at once than the account lets it run.",
        "Compare its concurrency with the account's limit; raise the limit, or find who asks so often.",
        "AWS/Lambda",
        "Throttles",
        dimensions,
        times=2,
    )


def _of_table(index: str) -> Iterator[Alarm]:
    where = f"the index {index} of the table" if index else "the table"
    dimensions: dict[str, Any] = {"TableName": {"Ref": "Table"}}
    if index:
        dimensions["GlobalSecondaryIndexName"] = index
    for kind in ("Read", "Write"):
        yield Alarm(
            "-".join(part for part in ("table", index, f"{kind.lower()}s-turned-away") if part),
            f"{kind}s of {where} were turned away in two runs of five minutes.",
            "Look for one partition asked for much more than others (Contributor Insights); requests are tried again.",
            "AWS/DynamoDB",
            f"{kind}ThrottleEvents",
            dimensions,
            times=2,
        )


def _topic() -> dict[str, Any]:
    """CloudWatch cannot use the key that AWS keeps for SNS, so the topic has one of ours."""
    account = {"Ref": "AWS::AccountId"}
    by_alarms = {"StringEquals": {"aws:SourceAccount": account}}
    speaker = {"Service": "cloudwatch.amazonaws.com"}
    root = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
    owner = {
        "Sid": "AccountDecides",
        "Effect": "Allow",
        "Principal": {"AWS": root},
        "Action": "kms:*",
        "Resource": "*",
    }
    seals = {
        "Sid": "AlarmsAreSealed",
        "Effect": "Allow",
        "Principal": speaker,
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": by_alarms,
    }
    speaks = {
        "Sid": "AlarmsSpeak",
        "Effect": "Allow",
        "Principal": speaker,
        "Action": "sns:Publish",
        "Resource": {"Ref": TOPIC},
        "Condition": by_alarms,
    }
    return {
        KEY: {
            "Type": "AWS::KMS::Key",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "Description": "Berkas: seals alarms on their way",
                "EnableKeyRotation": True,
                "KeyPolicy": {"Version": "2012-10-17", "Statement": [owner, seals]},
            },
        },
        TOPIC: {
            "Type": "AWS::SNS::Topic",
            "Properties": {"DisplayName": "Berkas", "KmsMasterKeyId": {"Fn::GetAtt": [KEY, "Arn"]}},
        },
        "AlarmsPolicy": {
            "Type": "AWS::SNS::TopicPolicy",
            "Properties": {
                "Topics": [{"Ref": TOPIC}],
                "PolicyDocument": {"Version": "2012-10-17", "Statement": [speaks]},
            },
        },
        "AlarmsSubscription": {
            "Type": "AWS::SNS::Subscription",
            "Condition": TOLD,
            "Properties": {"TopicArn": {"Ref": TOPIC}, "Protocol": "email", "Endpoint": {"Ref": ADDRESS}},
        },
    }
