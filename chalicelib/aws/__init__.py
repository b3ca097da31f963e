"""The ports on AWS: DynamoDB, S3, SQS, KMS, Cognito. The only room on the domain's side that knows boto3."""
