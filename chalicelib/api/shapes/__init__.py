"""The shapes of answers, from which docs/openapi.json is made and against which the running API is tested."""
