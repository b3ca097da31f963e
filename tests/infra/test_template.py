"""What is deployed, asserted on the finished template. It is made by the same function from Chalice's own package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.aws.sign_in import VALID
from chalicelib.offices.passwords import SHORTEST
from infra import package
from infra.gateway import REFUSALS
from infra.template import environment, finish

ROOT = Path(__file__).parents[2]
RESOURCES: dict[str, Any] = json.loads((ROOT / "infra" / "resources.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    stage = tmp_path_factory.mktemp("package") / "stage"
    package.stage_sources(stage)
    made: dict[str, Any] = json.loads((package.run_chalice(stage) / "sam.json").read_text(encoding="utf-8"))
    return made


@pytest.fixture(scope="module")
def template(packaged: dict[str, Any]) -> dict[str, Any]:
    return finish(packaged, RESOURCES)


def of_type(template: Mapping[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {name: part["Properties"] for name, part in template["Resources"].items() if part["Type"] == kind}


def functions(template: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return of_type(template, "AWS::Serverless::Function")


def queue_events(template: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(function, its properties, its queue event)"""
    for name, properties in functions(template).items():
        for event in properties.get("Events", {}).values():
            if event["Type"] == "SQS":
                yield name, properties, event["Properties"]


def test_every_resource_that_holds_data_is_there_unchanged(template: dict[str, Any]) -> None:
    for name, part in RESOURCES["Resources"].items():
        assert template["Resources"][name] == part
    for name, output in RESOURCES["Outputs"].items():
        assert template["Outputs"][name] == output
    assert template["Rules"] == RESOURCES["Rules"]


def test_the_five_functions_and_no_others(template: dict[str, Any]) -> None:
    assert set(functions(template)) == {
        "APIHandler",
        "ReadUploads",
        "CheckSubmissions",
        "OfferWork",
        "SendNotices",
        "Sweep",
    }


def test_a_queue_hides_a_message_six_times_as_long_as_its_function_may_run(template: dict[str, Any]) -> None:
    seen = set()
    for function, properties, event in queue_events(template):
        queue = template["Resources"][event["Queue"]["Fn::GetAtt"][0]]["Properties"]
        assert queue["VisibilityTimeout"] >= 6 * properties["Timeout"], function
        seen.add(queue["QueueName"])
    assert seen == {"berkas-uploads", "berkas-submissions", "berkas-verification", "berkas-notices"}


def test_only_failed_messages_come_again(template: dict[str, Any]) -> None:
    for function, _, event in queue_events(template):
        assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function


def test_the_reader_takes_one_photo_at_a_time_within_its_cap(template: dict[str, Any]) -> None:
    reader = functions(template)["ReadUploads"]
    (event,) = [event for name, _, event in queue_events(template) if name == "ReadUploads"]
    assert event["BatchSize"] == 1
    assert 2 <= event["ScalingConfig"]["MaximumConcurrency"] <= reader["ReservedConcurrentExecutions"]


def test_the_reader_is_an_image_and_all_others_are_the_zip(template: dict[str, Any]) -> None:
    for name, properties in functions(template).items():
        if name == "ReadUploads":
            assert properties["PackageType"] == "Image"
            assert properties["ImageConfig"] == {"Command": ["app.read_uploads"]}
            assert not {"Runtime", "Handler", "CodeUri", "Layers"} & set(properties)
        else:
            assert properties["Runtime"] == "python3.13"
            assert properties["CodeUri"] == {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": "CodeKey"}}


def test_a_photo_is_tried_to_its_end_before_reading_is_given_up(template: dict[str, Any]) -> None:
    """Nothing stays "sedang dibaca" beyond 15 minutes: all tries fit into it."""
    queue = template["Resources"]["QueueUploads"]["Properties"]
    assert queue["VisibilityTimeout"] * queue["RedrivePolicy"]["maxReceiveCount"] <= 15 * 60


def test_every_queue_has_dead_letters_that_are_kept_longest_and_is_encrypted(
    template: dict[str, Any],
) -> None:
    queues = of_type(template, "AWS::SQS::Queue")
    for name, queue in queues.items():
        assert queue["SqsManagedSseEnabled"] is True, name
        if name.endswith("Dlq"):
            assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600
        else:
            assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": [f"{name}Dlq", "Arn"]}
            assert f"{name}Dlq" in queues


def test_the_photos_are_closed_encrypted_and_versioned(template: dict[str, Any]) -> None:
    (bucket,) = of_type(template, "AWS::S3::Bucket").values()
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    (cors,) = bucket["CorsConfiguration"]["CorsRules"]
    assert cors["AllowedOrigins"] == [{"Ref": "PagesOrigin"}]
    (notified,) = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert notified["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "karantina/"}]
    (policy,) = of_type(template, "AWS::S3::BucketPolicy").values()
    (denied,) = policy["PolicyDocument"]["Statement"]
    assert (denied["Effect"], denied["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_table_is_encrypted_recoverable_and_indexed_as_drawn(template: dict[str, Any]) -> None:
    (table,) = of_type(template, "AWS::DynamoDB::Table").values()
    assert table["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    indexes = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in table["GlobalSecondaryIndexes"]
    }
    assert indexes == {"desk": ["desk_pk", "desk_sk"], "todo": ["todo_pk", "todo_at"]}


def test_what_holds_data_outlives_the_stack(template: dict[str, Any]) -> None:
    kept = (
        "AWS::DynamoDB::Table",
        "AWS::S3::Bucket",
        "AWS::KMS::Key",
        "AWS::Cognito::UserPool",
        "AWS::SQS::Queue",
    )
    for name, part in template["Resources"].items():
        if part["Type"] in (*kept, "AWS::Logs::LogGroup"):
            assert (part["DeletionPolicy"], part["UpdateReplacePolicy"]) == ("Retain", "Retain"), name


def test_keys_turn_and_only_administrators_create_officers(template: dict[str, Any]) -> None:
    for key in of_type(template, "AWS::KMS::Key").values():
        assert key["EnableKeyRotation"] is True
    (pool,) = of_type(template, "AWS::Cognito::UserPool").values()
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}


def test_nobody_signs_in_without_a_second_factor_or_for_a_whole_day(template: dict[str, Any]) -> None:
    (pool,) = of_type(template, "AWS::Cognito::UserPool").values()
    assert (pool["MfaConfiguration"], pool["EnabledMfas"]) == ("ON", ["SOFTWARE_TOKEN_MFA"])
    (client,) = of_type(template, "AWS::Cognito::UserPoolClient").values()
    assert client["TokenValidityUnits"]["AccessToken"] == "hours"
    assert client["AccessTokenValidity"] <= 4
    assert timedelta(minutes=client["AuthSessionValidity"]) == VALID


def test_passwords_are_held_to_their_length_and_to_no_signs(template: dict[str, Any]) -> None:
    (pool,) = of_type(template, "AWS::Cognito::UserPool").values()
    policy = pool["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] == SHORTEST
    assert not [name for name, asked in policy.items() if name.startswith("Require") and asked]


def test_no_cached_word_of_an_authorizer_lets_anybody_in(template: dict[str, Any]) -> None:
    """Who asks is verified at each request, below the routes (decision 0014)."""
    assert "authorizer" not in json.dumps(template).lower()


def test_what_renews_a_session_can_be_voided(template: dict[str, Any]) -> None:
    (client,) = of_type(template, "AWS::Cognito::UserPoolClient").values()
    assert client["EnableTokenRevocation"] is True


def statements(template: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, role in of_type(template, "AWS::IAM::Role").items():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement


def test_no_role_may_do_more_than_named_actions_on_named_resources(template: dict[str, Any]) -> None:
    seen = 0
    for role, statement in statements(template):
        seen += 1
        assert not any("*" in action for action in statement["Action"]), role
        if "*" in statement["Resource"]:
            assert statement["Sid"] == "Traces", role
    assert seen > 20


def test_only_the_reader_sees_originals_and_only_the_sweeper_lets_go_of_photos(
    template: dict[str, Any],
) -> None:
    seers, removers = set(), set()
    for role, statement in statements(template):
        if any(action.startswith("s3:Delete") for action in statement["Action"]):
            removers.add(role)
        where = json.dumps(statement["Resource"])
        if "s3:GetObject" in statement["Action"] and "karantina" in where:
            seers.add(role)
    assert seers == {"ReadUploadsRole"}
    assert removers == {"SweepRole"}


def test_a_queue_is_read_by_its_own_function_only(template: dict[str, Any]) -> None:
    readers = {
        statement["Resource"][0]["Fn::GetAtt"][0]: role
        for role, statement in statements(template)
        if "sqs:ReceiveMessage" in statement["Action"]
    }
    assert readers == {
        "QueueUploads": "ReadUploadsRole",
        "QueueSubmissions": "CheckSubmissionsRole",
        "QueueVerification": "OfferWorkRole",
        "QueueNotices": "SendNoticesRole",
    }


def test_only_who_sends_notices_may_ask_for_the_gateways_secret_and_for_mail(
    template: dict[str, Any],
) -> None:
    """The emulator knows neither service, so what the roles may do there is read here."""
    found = {
        action: (role, statement["Resource"][0]["Fn::Sub"].rpartition(":")[2])
        for role, statement in statements(template)
        for action in statement["Action"]
        if action.startswith(("ssm:", "ses:"))
    }
    assert found == {
        "ssm:GetParameter": ("SendNoticesRole", "parameter/berkas/notices/*"),
        "ses:SendEmail": ("SendNoticesRole", "identity/*"),
    }


def test_each_log_group_names_its_function_and_is_kept_for_a_time(template: dict[str, Any]) -> None:
    groups = of_type(template, "AWS::Logs::LogGroup")
    named = {group["LogGroupName"]["Fn::Sub"] for group in groups.values()}
    assert named == {f"/aws/lambda/${{{name}}}" for name in functions(template)}
    assert all(group["RetentionInDays"] == 90 for group in groups.values())


def test_all_functions_are_traced_and_know_the_whole_environment(template: dict[str, Any]) -> None:
    documented = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    variables = environment(RESOURCES)
    assert all(f"`{name}`" in documented for name in variables if name.startswith("BERKAS_"))
    for name, properties in functions(template).items():
        assert properties["Tracing"] == "Active", name
        assert properties["Environment"]["Variables"] == variables, name


def test_what_is_large_travels_compressed(template: dict[str, Any]) -> None:
    """The pages' budgets are of gzipped bytes; the gateway sends plain ones unless it is told."""
    assert template["Resources"]["RestAPI"]["Properties"]["MinimumCompressionSize"] <= 1024


def test_the_gateway_refuses_in_our_error_shape(template: dict[str, Any]) -> None:
    (api,) = of_type(template, "AWS::Serverless::Api").values()
    assert api["EndpointConfiguration"] == "REGIONAL"
    responses = api["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    assert set(responses) == set(REFUSALS)
    for kind, response in responses.items():
        error = json.loads(response["responseTemplates"]["application/json"])["error"]
        assert set(error) == {"code", "message", "hint", "request_id", "fields"}, kind
        assert error["message"], kind


def test_finishing_changes_neither_of_its_arguments(packaged: dict[str, Any]) -> None:
    before = json.dumps([packaged, RESOURCES])
    finish(packaged, RESOURCES)
    assert json.dumps([packaged, RESOURCES]) == before


def test_a_function_without_a_policy_is_not_packaged(packaged: dict[str, Any]) -> None:
    more = {**packaged["Resources"], "Unknown": packaged["Resources"]["Sweep"]}
    with pytest.raises(KeyError, match="Unknown"):
        finish({**packaged, "Resources": more}, RESOURCES)


def test_the_former_sealing_key_opens_only_while_it_is_named_and_only_for_those_who_seal(
    template: dict[str, Any],
) -> None:
    parts = template["Resources"]
    former = parts["FormerSealing"]
    assert former["Condition"] in template["Conditions"]
    sealers = {
        role
        for role, statement in statements(template)
        if "kms:Decrypt" in statement["Action"]
        and statement["Resource"] == [{"Fn::GetAtt": ["SealingKey", "Arn"]}]
    }
    assert {role["Ref"] for role in former["Properties"]["Roles"]} == sealers
    assert len(sealers) == 6
    assert template["Parameters"]["FormerSealingKey"]["Default"] == ""


def test_the_policy_of_a_rotation_is_attached_to_nobody_and_opens_nothing(template: dict[str, Any]) -> None:
    rotation = template["Resources"]["Rotation"]["Properties"]
    assert not {"Roles", "Users", "Groups"} & rotation.keys()
    assert "kms:Decrypt" not in json.dumps(rotation)
    assert json.dumps(rotation).count('"kms:ReEncryptFrom"') == 2


def test_the_gateway_s_own_refusals_are_strict_too(template: dict[str, Any]) -> None:
    (api,) = of_type(template, "AWS::Serverless::Api").values()
    for response in api["DefinitionBody"]["x-amazon-apigateway-gateway-responses"].values():
        sent = {name.rpartition(".")[2]: value for name, value in response["responseParameters"].items()}
        assert sent["X-Content-Type-Options"] == "'nosniff'"
        assert sent["Referrer-Policy"] == "'no-referrer'"
        assert sent["Cache-Control"] == "'no-store'"
        assert all(value.count("'") == 2 for value in sent.values())
